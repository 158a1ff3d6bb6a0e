/* The controls of "what if": made from what the Java records declare. */

import { resetWhatIf, whatIf, whatIfActive } from "./changes.js";
import { COLUMNS, PARAMETERS } from "./choices.js";
import { columnControls, parameterControl } from "./columns.js";
import { byId, h, replace } from "./dom.js";
import { noteButton } from "./notes.js";
import { brief, plural } from "./numbers.js";
import { presetButtons } from "./presets.js";
import { CORE } from "./request.js";
import { actions, view, viewRun } from "./view.js";

function currentSetting(side, name, byDefault) {
  const own = viewRun().what_if || { advantage: {}, objective: {} };
  return whatIf[side][name] ?? own[side][name] ?? byDefault;
}

/** The variant of a column that is in force: {id, label, help, parameters}; null where nothing can be recomputed. */
export function variantOf(name) {
  const column = viewRun().what_if ? COLUMNS.find(c => c.name === name) : null;
  return column ? column.list.find(v => v.id === currentSetting(column.side, name, column.list[0].id)) : null;
}

function change(side, name, value) {
  const own = (viewRun().what_if || { advantage: {}, objective: {} })[side][name];
  if (value === own) delete whatIf[side][name];
  else whatIf[side][name] = value;
  renderWhatIf();
  actions.refresh();
}

export function renderWhatIf() {
  const place = byId("whatif");
  if (!place) return;
  const run = viewRun();
  if (!CORE || !run.what_if) {
    replace(
      place,
      h("h3", "What if?", noteButton("whatif")),
      h(
        "p.quiet",
        !CORE
          ? "This build has no recomputing core, so numbers are shown as the run wrote them."
          : "This run's algorithm cannot be recomputed in the page."
      )
    );
    return;
  }
  const open = place.dataset.open ? place.dataset.open === "yes" : window.matchMedia("(min-width: 72rem)").matches;
  replace(
    place,
    h(
      "details",
      { open, toggle: event => (place.dataset.open = event.target.open ? "yes" : "no") },
      h("summary", h("h3", "What if?")),
      h(
        "p.quiet",
        "Try an example, or change rewards in the cards, drop completions (×) or duplicate them (+).",
        noteButton("whatif")
      ),
      presetButtons(),
      epochsControl(),
      h("div#whatif-result", { "aria-live": "polite" }),
      settingControls(place)
    )
  );
  renderWhatIfResult();
}

/** Estimator, surrogate, averaging: open where there is room, or where something in them is changed. */
function settingControls(place) {
  const changed = [whatIf.advantage, whatIf.objective].some(side => Object.keys(side).length);
  const open = place.dataset.settings ? place.dataset.settings === "yes" : window.matchMedia(ROOM).matches;
  return h(
    "details.settings",
    { open: open || changed, toggle: event => (place.dataset.settings = event.target.open ? "yes" : "no") },
    h("summary", "Estimator, surrogate, averaging, KL"),
    h(
      "div.controls",
      COLUMNS.map(column => columnControls(column, CONTROL)),
      klControls()
    )
  );
}

const ROOM = "(min-width: 72rem) and (min-height: 62rem)";

/** What the controls of a column ask and tell. */
const CONTROL = {
  value: currentSetting,
  changed: (side, name) => name in whatIf[side],
  change,
  available: (v, chosen) =>
    v.id !== "greedy-baseline" || (view.line && view.line.batch.greedy_rewards) || v.id === chosen,
  line: () => view.line
};

function klControls() {
  const parameters = PARAMETERS.filter(
    p => p.name === "beta" || (p.name === "klEstimator" && Number(currentSetting("objective", "beta", 0)) > 0)
  );
  const noReference = view.model && !view.model.hasReference && Number(currentSetting("objective", "beta", 0)) > 0;
  return h(
    "div.control",
    parameters.map(p => parameterControl("objective", p, CONTROL)),
    noReference ? h("p.quiet", "This run kept no reference policy; the old policy stands in for it.") : null
  );
}

function epochsControl() {
  const k = whatIf.epochs;
  const output = h("output", k === null ? "as in the run" : "k = " + brief(k));
  return h(
    "div",
    { class: "control" + (k === null ? "" : " changed") },
    h(
      "label.slider",
      h("span", "As if after k updates like this one ", output),
      h("input", {
        type: "range",
        min: 0,
        max: 12,
        step: 0.25,
        value: k === null ? 0 : k,
        data: { setting: "epochs" },
        "aria-label": "As if after k updates like this one",
        input: event => {
          whatIf.epochs = Number(event.target.value) || null;
          output.textContent = whatIf.epochs === null ? "as in the run" : "k = " + brief(whatIf.epochs);
          actions.refresh();
        }
      })
    )
  );
}

export function renderWhatIfResult() {
  const place = byId("whatif-result");
  if (!place || !view.model) return;
  const model = view.model;
  byId("whatif").classList.toggle("active", whatIfActive());
  if (!whatIfActive()) {
    replace(place);
    return;
  }
  byId("whatif").querySelector("details").open = true;
  const tokens = [...model.rows.values()].flatMap(r => r.tokens);
  const clipped = tokens.filter(t => t.counts && t.branch !== "INSIDE").length;
  const reset = h("button.reset", { testid: "what-if-reset", click: backToRun }, "Back to the run");
  replace(
    place,
    model.error || model.problem
      ? h("p.problem", { role: "alert", testid: "what-if-problem" }, model.error || model.problem)
      : h(
          "p",
          { testid: "what-if-summary", data: { changes: model.changes } },
          h("b", plural(model.changes, "number")),
          ` ${model.changes === 1 ? "changes" : "change"}; ${plural(clipped, "token")} shown ${clipped === 1 ? "is" : "are"} clipped. Old values are struck through.`
        ),
    reset
  );
}

export function backToRun() {
  resetWhatIf();
  renderWhatIf();
  actions.refresh();
}
