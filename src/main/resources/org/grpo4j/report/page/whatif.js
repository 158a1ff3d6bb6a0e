/* The controls of "what if": made from what the Java records declare. */

import { resetWhatIf, whatIf, whatIfActive } from "./changes.js";
import { byDefault, COLUMNS, PARAMETERS } from "./choices.js";
import { byId, choice, h, replace } from "./dom.js";
import { noteButton } from "./notes.js";
import { brief, plural } from "./numbers.js";
import { HIDDEN, PARAMETER_NAMES } from "./parameters.js";
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
    h("div.controls", COLUMNS.map(columnControls), klControls())
  );
}

const ROOM = "(min-width: 72rem) and (min-height: 62rem)";

function columnControls(column) {
  const chosen = currentSetting(column.side, column.name, column.list[0].id);
  const variant = column.list.find(v => v.id === chosen);
  const changed = column.name in whatIf[column.side];
  const available = v => v.id !== "greedy-baseline" || (view.line && view.line.batch.greedy_rewards) || v.id === chosen;
  return h(
    "div",
    { class: "control" + (changed ? " changed" : "") },
    h(
      "label",
      h("span", column.title),
      choice(
        "select",
        { data: { setting: column.side + "." + column.name }, title: variant ? variant.help : "" },
        column.list.filter(available).map(v => [v.id, v.label, v.help]),
        chosen,
        value => change(column.side, column.name, value)
      )
    ),
    (variant ? variant.parameters : []).filter(p => !HIDDEN.has(p.name)).map(p => parameterControl(column.side, p))
  );
}

function parameterControl(side, parameter) {
  const value = currentSetting(side, parameter.name, byDefault(parameter, view.line));
  const changed = parameter.name in whatIf[side];
  const label = PARAMETER_NAMES[parameter.name] || parameter.name;
  const data = { setting: side + "." + parameter.name };
  const input = parameter.options
    ? choice(
        "select",
        { data, title: parameter.help },
        parameter.options.map(o => [o, o]),
        value,
        chosen => change(side, parameter.name, chosen)
      )
    : h("input", {
        type: "number",
        step: "any",
        min: parameter.min,
        max: parameter.max,
        data,
        title: `${parameter.help} ${parameter.bounds}`,
        value: String(value),
        change: event =>
          Number.isFinite(event.target.valueAsNumber) && change(side, parameter.name, event.target.valueAsNumber)
      });
  return h("label", { class: "parameter" + (changed ? " changed" : "") }, h("span", label), input);
}

function klControls() {
  const parameters = PARAMETERS.filter(
    p => p.name === "beta" || (p.name === "klEstimator" && Number(currentSetting("objective", "beta", 0)) > 0)
  );
  const noReference = view.model && !view.model.hasReference && Number(currentSetting("objective", "beta", 0)) > 0;
  return h(
    "div.control",
    parameters.map(p => parameterControl("objective", p)),
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
