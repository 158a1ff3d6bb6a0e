/* The three policies of an update. */

import { byId, choice, h, replace, symbol } from "./dom.js";
import { noteButton } from "./notes.js";
import { brief, exact, plural } from "./numbers.js";
import { actions, view } from "./view.js";

export function renderVersions() {
  const v = view.line.versions;
  const lane = (name, symbol, version, text, kind) =>
    h(
      "li",
      { class: kind },
      h("span.lane-name", symbol),
      h("span.lane-version", version),
      h("span.lane-text", h("b", name), " ", text)
    );
  const current = [...v.current, v.after];
  replace(
    byId("versions"),
    h("h3", "Three policies", noteButton("versions")),
    h(
      "ul.lanes",
      { testid: "versions" },
      v.reference === null || v.reference === undefined
        ? lane("reference", symbol("π", "ref"), "–", "not kept: there is no KL term", "absent")
        : lane(
            "reference",
            symbol("π", "ref"),
            "v" + v.reference,
            "frozen; the KL term measures the distance to it",
            "reference"
          ),
      lane("old", symbol("π", "old"), "v" + v.old, "wrote the completions; frozen during the update", "old"),
      lane(
        "current",
        "π",
        h(
          "span.steps",
          current.map((version, i) => [
            i ? h("span.arrow", { "aria-label": "then" }, "→") : null,
            h("span", { class: i === view.step ? "here" : null }, "v" + version)
          ])
        ),
        `${plural(v.current.length, "optimiser step")}; ends as v${v.after}`,
        "current"
      )
    ),
    view.line.steps.length > 1 ? stepChoice() : null,
    stepNumbers(view.line.steps[view.step])
  );
}

function stepNumbers(step) {
  const cell = (name, value) => h("div", h("dt", name), h("dd", { title: exact(value) }, brief(value)));
  return h(
    "dl.step-numbers",
    cell("learning rate", step.learning_rate),
    cell("loss before", step.loss),
    cell("gradient norm", step.gradient_norm),
    cell("scaled by", step.clip_factor)
  );
}

function stepChoice() {
  const steps = view.line.steps.map((s, i) => [
    i,
    `step ${i + 1}, inner epoch ${s.inner_epoch + 1}` + (s.rows ? `, ${s.rows.length} completions` : "")
  ]);
  return h(
    "p.step-choice",
    h(
      "label",
      "Numbers below are those of ",
      choice("select", { testid: "step" }, steps, view.step, chosen => {
        view.step = Number(chosen);
        actions.refresh();
      })
    )
  );
}
