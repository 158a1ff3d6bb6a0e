/* The run directory of what was trained here: explain, report and replay read it. */

import { DATA } from "../../report/page/data.js";
import { configuration } from "./configuration.js";

/** How many groups of an update its trace keeps. */
const GROUPS = 2;

/** Most updates that are packed, the last ones: they are texts in memory meanwhile. */
export const MOST_PACKED = 500;

/**
 * The packed directory of the updates since the settings were last changed. They are done again, to the same bits, to
 * be looked into; `tell` is told how many of how many.
 */
export async function packRun(side, tell) {
  const done = side.done;
  const extent = await side.engine.call("extent");
  const from = Math.max(extent.from, done - MOST_PACKED);
  if (from === done) throw new Error("save run: needs an update with these settings; do one first");
  const name = `playground-${side.settings.task}__${side.settings.seed}__${stamp()}`;
  const lines = [];
  await side.engine.call("seek", from);
  for (let update = from; update < done; update++) {
    const { line } = await side.engine.call("update", { trace: GROUPS });
    lines.push(JSON.stringify(line) + "\n");
    tell(update + 1 - from, done - from);
  }
  const header = { ...side.run.trace.header, updates: done, traced_groups: GROUPS };
  const metrics = rows(side.run.metrics, from, done);
  const files = [
    text("config.yaml", configuration(side.settings, "playground", done)),
    text("manifest.json", JSON.stringify(manifest(side), null, 2) + "\n"),
    text("metrics.jsonl", metrics.map(row => JSON.stringify(row) + "\n").join(""), 1),
    text("metrics.csv", table(metrics), 1),
    text("trace/header.json", JSON.stringify(header, null, 2) + "\n"),
    text("trace/updates.jsonl", lines.join(""), 1)
  ];
  const { zip } = await side.engine.call("files", { name, from, texts: files });
  return { name: name + ".zip", zip, from, to: done - 1 };
}

function text(path, content, grows = 0) {
  return { path, text: content, grows };
}

function stamp() {
  return new Date().toISOString().replace(/[-:]|\.\d+/g, "");
}

function manifest(side) {
  return {
    schema: 1,
    experiment: "playground",
    seed: side.settings.seed,
    started_at: new Date().toISOString(),
    policy: side.settings.model + ", trained in a browser",
    grpo4j_version: DATA.program.split(" ")[1]
  };
}

/** The metrics of some updates, one object each; what was not measured is left out. */
function rows(columns, from, to) {
  const names = Object.keys(columns);
  return Array.from({ length: to - from }, (_, i) =>
    Object.fromEntries(names.map(name => [name, columns[name][from + i]]).filter(([, v]) => Number.isFinite(v)))
  );
}

function table(metrics) {
  const names = [...new Set(metrics.flatMap(row => Object.keys(row)))];
  const line = cells => cells.join(",") + "\n";
  return line(names) + metrics.map(row => line(names.map(name => row[name] ?? ""))).join("");
}
