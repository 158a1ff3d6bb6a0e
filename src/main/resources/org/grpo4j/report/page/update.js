/* The inside of one update: scrubber, versions, batch, groups, parameters. */

import { writeAddress } from "./address.js";
import { renderBatch } from "./batch.js";
import { renderBlocks } from "./blocks.js";
import { resetWhatIf, whatIf } from "./changes.js";
import { markCharts } from "./charts.js";
import { hasTrace, RUNS, tracedUpdate } from "./data.js";
import { byId, h, replace } from "./dom.js";
import { badge, renderFacts } from "./facts.js";
import { renderGroups, renderStageHead } from "./groups.js";
import { buildModel } from "./model.js";
import { renderPanel } from "./panel.js";
import { QUANTITIES } from "./quantities.js";
import { markSelected } from "./selection.js";
import { renderVersions } from "./versions.js";
import { view, viewRun } from "./view.js";
import { renderWhatIf, renderWhatIfResult } from "./whatif.js";

/** The frame of the section; its parts are filled per update. */
export function renderUpdateFrame() {
  const section = byId("update");
  const run = viewRun();
  if (!hasTrace(run)) {
    replace(
      section,
      h("h2#update-heading", "Inside one update"),
      h(
        "p.quiet",
        { testid: "no-trace" },
        "This run has no trace. Train with the trace on (it is by default) to look inside its updates; of the runs of a comparison those with the first seed have one."
      ),
      traceRunChoice()
    );
    return;
  }
  replace(
    section,
    h("h2#update-heading", "Inside one update"),
    h("p.lead", "From the reward to the changed probability of the very token it was given for."),
    traceRunChoice(),
    scrubber(run),
    h("div#facts.facts", { testid: "facts" }),
    h("div.two", h("div#versions.card"), h("div#batch.card")),
    h(
      "div.workbench",
      h("div.stage", h("div#stage-head"), h("div#groups", { testid: "groups" }), h("div#blocks.card")),
      h(
        "aside.side",
        { "aria-label": "Explanation and what if" },
        h("div#whatif.card", { testid: "what-if" }),
        h("div#explain.card.explain", { "aria-live": "polite", testid: "explain" })
      )
    )
  );
  renderWhatIf();
  renderPanel();
}

function traceRunChoice() {
  const traced = RUNS.map((run, i) => [run, i]).filter(([run]) => hasTrace(run));
  if (traced.length < 2) return null;
  return h(
    "p",
    h(
      "label",
      "Run ",
      h(
        "select",
        { testid: "trace-run", change: event => switchRun(Number(event.target.value)) },
        traced.map(([run, i]) =>
          h("option", { value: i, selected: i === view.runIndex }, `${run.name}, seed ${run.seed}`)
        )
      )
    )
  );
}

function switchRun(index) {
  view.runIndex = index;
  view.selected = null;
  resetWhatIf();
  renderUpdateFrame();
  show(0);
}

function scrubber(run) {
  const list = run.trace.updates;
  return h(
    "div.scrubber",
    { role: "group", "aria-label": "Choose an update" },
    h("button#play", { "aria-pressed": "false", title: "Play (p)", testid: "play", click: togglePlay }, "▶"),
    h(
      "button",
      {
        "aria-label": "Previous update",
        title: "Previous update (←)",
        testid: "previous",
        click: () => show(view.index - 1)
      },
      "‹"
    ),
    h("input#scrub", {
      type: "range",
      min: 0,
      max: Math.max(0, list.length - 1),
      step: 1,
      value: view.index,
      "aria-label": "Update",
      testid: "scrubber",
      input: event => show(Number(event.target.value))
    }),
    h(
      "button",
      { "aria-label": "Next update", title: "Next update (→)", testid: "next", click: () => show(view.index + 1) },
      "›"
    ),
    h("output#where.where", { for: "scrub", testid: "where" }, ""),
    h("span#badge")
  );
}

export function togglePlay() {
  if (view.playing) {
    clearInterval(view.playing);
    view.playing = null;
  } else {
    if (view.index >= viewRun().trace.updates.length - 1) show(0);
    view.playing = setInterval(
      () => (view.index < viewRun().trace.updates.length - 1 ? show(view.index + 1) : togglePlay()),
      900
    );
  }
  const button = byId("play");
  button.textContent = view.playing ? "❚❚" : "▶";
  button.setAttribute("aria-pressed", String(Boolean(view.playing)));
}

/** Shows the update at a place of the list of traced ones. */
export async function show(index) {
  const run = viewRun();
  if (!hasTrace(run)) return;
  view.index = Math.max(0, Math.min(run.trace.updates.length - 1, index));
  view.follow = view.index === run.trace.updates.length - 1;
  const wanted = view.index;
  const line = await tracedUpdate(run, wanted);
  if (wanted !== view.index || run !== viewRun()) return;
  if (view.line !== line) {
    const selected = view.selected;
    if (view.line && selected && selected.key) view.selected = { kind: selected.kind, auto: true };
    if (view.line) {
      whatIf.rewards.clear();
      whatIf.dropped.clear();
      whatIf.copies.clear();
    }
  }
  view.line = line;
  view.step = Math.min(view.step, line.steps.length - 1);
  refresh();
  markCharts(line.update);
}

/** The traced update nearest to a number, for clicks on curves. */
export function showUpdateNear(update) {
  const run = viewRun();
  if (!hasTrace(run)) return;
  let best = 0;
  run.trace.updates.forEach((entry, i) => {
    if (Math.abs(entry.update - update) < Math.abs(run.trace.updates[best].update - update)) best = i;
  });
  show(best);
}

/** Where there is room, the panel begins with the token that pushes hardest. */
function selectSomething() {
  const s = view.selected;
  if (s && (s.note || s.build || (s.key && view.model.rows.has(s.key)))) return;
  if (!window.matchMedia("(min-width: 72rem)").matches && !(s && s.auto)) return;
  let best = null;
  for (const row of view.model.rows.values()) {
    for (const token of row.tokens) {
      const push = Number.isFinite(token.logit) ? token.logit : Math.abs(token.coefficient);
      if (token.counts && Number.isFinite(push) && (!best || push > best.push))
        best = { push, key: row.key, token: token.index };
    }
  }
  const kind = s && s.kind ? s.kind : "coefficient";
  if (best) view.selected = { kind, key: best.key, token: kind === "reward" ? null : best.token, auto: true };
}

/** Computes and draws everything of the update that is looked at. */
export function refresh() {
  if (!view.line) return;
  view.model = buildModel(viewRun(), view.line, view.step);
  const q = QUANTITIES[view.quantity];
  if (!q || (q.available && !q.available(view.model) && !whatIf.objective.beta)) view.quantity = "coefficient";
  renderScrubber();
  renderFacts();
  renderVersions();
  renderBatch();
  renderStageHead();
  renderGroups();
  renderBlocks();
  renderWhatIfResult();
  selectSomething();
  renderPanel();
  markSelected();
  writeAddress();
}

export function renderScrubber() {
  const run = viewRun();
  const list = run.trace.updates;
  const slider = byId("scrub");
  slider.max = list.length - 1;
  slider.value = view.index;
  slider.setAttribute("aria-valuetext", "update " + view.line.update);
  replace(
    byId("where"),
    h("b", "Update " + view.line.update),
    h(
      "span.quiet",
      ` of 0–${list[list.length - 1].update}` +
        (list.length < run.trace.total ? `, ${list.length} of ${run.trace.total} kept in this file` : "")
    )
  );
  replace(byId("badge"), badge());
}
