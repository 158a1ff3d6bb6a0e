/* Lines arrive as they are written; without a server the page stays as it is. */

import { whatIfActive } from "./changes.js";
import { renderCurves } from "./curves.js";
import { DATA, hasTrace, parse, RUNS } from "./data.js";
import { byId, replace } from "./dom.js";
import { renderHead } from "./head.js";
import { num } from "./numbers.js";
import { renderResult } from "./result.js";
import { renderScrubber, renderUpdateFrame, show } from "./update.js";
import { view } from "./view.js";

const AGAIN_MILLIS = 3000;

export function listen() {
  if (!DATA.live || typeof EventSource !== "function") return;
  const run = RUNS[0];
  const known = {
    metrics: (run.metrics.update || []).length,
    trace: run.trace.total,
    header: run.trace.header ? 1 : 0,
    summary: run.summary.status ? 1 : 0
  };
  const source = new EventSource(DATA.live.events + "?" + new URLSearchParams(known));
  const state = text => replace(byId("live"), text);
  const on = (name, listener) => source.addEventListener(name, event => listener(parse(event.data)));
  on("header", header => {
    run.trace.header = header;
    run.parameters = run.parameters || header.parameters;
  });
  on("metrics", row => addMetrics(run, row));
  on("trace", line => addTrace(run, line));
  on("summary", summary => {
    run.summary = summary;
    run.status = summary.status;
    renderHead();
    renderResult();
  });
  on("damage", ({ text }) => {
    source.close();
    run.notices = [...(run.notices || []), text];
    renderHead();
    state("stopped: a file is damaged");
  });
  on("end", () => {
    source.close();
    state("the run has ended");
  });
  source.addEventListener("open", () => state("live"));
  source.addEventListener("error", () => {
    state("not connected");
    // A browser asks again by itself if the connection breaks, but not if the server has no slot for it.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN_MILLIS);
  });
}

let redraw = 0;

function addMetrics(run, row) {
  const rows = (run.metrics.update || []).length;
  if (rows && num(row.update) <= num(run.metrics.update[rows - 1])) return;
  for (const name of new Set([...Object.keys(run.metrics), ...Object.keys(row)])) {
    if (!run.metrics[name]) run.metrics[name] = Array.from({ length: rows }, () => null);
    run.metrics[name].push(row[name] ?? null);
  }
  cancelAnimationFrame(redraw);
  redraw = requestAnimationFrame(() => {
    renderCurves();
    renderHead();
  });
}

async function addTrace(run, line) {
  const first = !hasTrace(run);
  const list = run.trace.updates;
  if (list.length && line.update <= list[list.length - 1].update) return;
  list.push({ update: line.update, line });
  run.trace.total++;
  if (first) {
    renderUpdateFrame();
    await show(0);
  } else if (view.follow && !whatIfActive()) {
    await show(list.length - 1);
  } else {
    renderScrubber();
  }
}
