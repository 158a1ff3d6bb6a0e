/* The inside of one update: scrubber, versions, batch, groups, parameters. */

import { writeAddress } from "./address.js";
import { renderBatch } from "./batch.js";
import { renderBlocks } from "./blocks.js";
import { resetWhatIf, whatIf } from "./changes.js";
import { markCharts } from "./charts.js";
import { hasTrace, RUNS, tracedUpdate } from "./data.js";
import { byId, choice, h, replace } from "./dom.js";
import { badge, renderFacts } from "./facts.js";
import { renderGroups, renderStageHead } from "./groups.js";
import { keepingFocus } from "./keys.js";
import { buildModel } from "./model.js";
import { renderPanel } from "./panel.js";
import { QUANTITIES } from "./quantities.js";
import { scrubber } from "./play.js";
import { focusToken, markSelected } from "./selection.js";
import { renderVersions } from "./versions.js";
import { view, viewRun } from "./view.js";
import { renderWhatIf, renderWhatIfResult } from "./whatif.js";

/** The frame of the section; its parts are filled per update. A page may have another way to choose the update. */
export function renderUpdateFrame(chooser = scrubber) {
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
    chooser(run),
    h("div#facts.facts", { testid: "facts" }),
    h("div.two", h("div#versions.card"), h("div#batch.card")),
    h(
      "div.workbench",
      h("div.stage", h("div#stage-head"), h("div#groups", { testid: "groups" }), h("div#blocks.card")),
      h(
        "div.side",
        { role: "group", "aria-label": "Explanation and what if", scroll: event => showMore(event.currentTarget) },
        h("div#whatif.card", { testid: "what-if", tabindex: -1 }),
        h("div#explain.card.explain", { "aria-live": "polite", testid: "explain" })
      )
    )
  );
  renderWhatIf();
  renderPanel();
  const side = section.querySelector(".side");
  const sized = new ResizeObserver(() => showMore(side));
  for (const part of [side, ...side.children]) sized.observe(part);
}

/** Says whether the column beside the tokens goes on below. */
function showMore(side) {
  side.classList.toggle("more", side.scrollHeight - side.clientHeight - side.scrollTop > 24);
}

function traceRunChoice() {
  const traced = RUNS.map((run, i) => [run, i]).filter(([run]) => hasTrace(run));
  if (traced.length < 2) return null;
  return h(
    "p",
    h(
      "label",
      "Run ",
      choice(
        "select",
        { testid: "trace-run" },
        traced.map(([run, i]) => [i, `${run.name}, seed ${run.seed}`]),
        view.runIndex,
        chosen => switchRun(Number(chosen))
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

/** Shows the update at a place of the list of traced ones. */
export async function show(index) {
  const run = viewRun();
  if (!hasTrace(run)) return;
  view.index = Math.max(0, Math.min(run.trace.updates.length - 1, index));
  view.follow = view.index === run.trace.updates.length - 1;
  const wanted = view.index;
  const line = await tracedUpdate(run, wanted);
  if (wanted !== view.index || run !== viewRun()) return;
  const place = view.line && view.line !== line ? placeOfSelection() : null;
  if (view.line && view.line !== line) {
    whatIf.rewards.clear();
    whatIf.dropped.clear();
    whatIf.copies.clear();
  }
  view.line = line;
  view.step = Math.min(view.step, line.steps.length - 1);
  refresh(place);
  markCharts(line.update);
}

/** The selection as a place on the screen, for the next update: which completion and token from the top. */
function placeOfSelection() {
  const s = view.selected;
  if (!s || !s.key) return null;
  const keys = [...view.model.rows.keys()];
  const focused = document.activeElement.matches(".token") ? document.activeElement.dataset : null;
  return {
    ...s,
    completion: keys.indexOf(s.key),
    focused: focused && { completion: keys.indexOf(focused.key), token: Number(focused.token) }
  };
}

function selectPlace(place) {
  view.selected = { kind: place.kind, auto: true };
  if (place.auto) return;
  const row = [...view.model.rows.values()][place.completion];
  if (!row || !row.inStep) return;
  const token = place.token === null || place.token === undefined ? null : Math.min(place.token, row.tokens.length - 1);
  view.selected = { kind: place.kind, key: row.key, token };
}

/** The traced update nearest to a number, for clicks on curves. */
export function showUpdateNear(update) {
  const run = viewRun();
  if (!hasTrace(run)) return;
  let best = 0;
  run.trace.updates.forEach((entry, i) => {
    if (Math.abs(entry.update - update) < Math.abs(run.trace.updates[best].update - update)) best = i;
  });
  return show(best).then(() => goTo("update"));
}

/** Scrolls to a part of the page, gives it the focus and shows for a moment that it is meant. */
export function goTo(id) {
  const element = byId(id);
  if (!element) return;
  const folded = element.querySelector("details");
  if (folded) folded.open = true;
  element.scrollIntoView({ block: "start" });
  element.focus({ preventScroll: true });
  element.classList.remove("arrived");
  requestAnimationFrame(() => element.classList.add("arrived"));
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
export function refresh(place) {
  if (!view.line) return;
  view.model = buildModel(viewRun(), view.line, view.step);
  const q = QUANTITIES[view.quantity];
  const withBeta = view.quantity === "kl" && whatIf.objective.beta;
  if (!q || (q.available && !q.available(view.model) && !withBeta)) view.quantity = "coefficient";
  if (place) selectPlace(place);
  keepingFocus(() => {
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
  });
  if (place && place.focused) focusToken(place.focused);
  writeAddress();
}

export function renderScrubber() {
  const run = viewRun();
  const list = run.trace.updates;
  const slider = byId("scrub");
  if (!slider) return replace(byId("badge"), badge());
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
