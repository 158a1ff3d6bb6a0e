/* Three estimators on the same group, side by side. */

import { whole } from "./choices.js";
import { h, scrollable, tableRow } from "./dom.js";
import { brief, exact } from "./numbers.js";
import { CORE, coreRequest } from "./request.js";
import { view, viewRun } from "./view.js";

/** GRPO and RLOO differ in the advantage only; Dr. GRPO divides neither by standard deviation nor by length. */
const COLUMNS = [
  ["GRPO", { estimator: "group-relative", scale: "group" }, {}],
  ["RLOO", { estimator: "leave-one-out" }, {}],
  ["Dr. GRPO", { estimator: "group-relative", scale: "none" }, { aggregation: "sequence-mean-token-sum-norm" }]
];

export function estimatorsPanel(group) {
  const answers = COLUMNS.map(([, advantage, objective]) => answer(advantage, objective));
  const rows = group.completions.map(c => view.model.rows.get(c.row + "/0")).filter(Boolean);
  return [
    h("p.crumbs", `update ${view.line.update} › group ${group.group}`),
    h("h3", "Three estimators on this group"),
    scrollable(
      "Three estimators on this group",
      h(
        "table.estimators",
        { testid: "estimators" },
        h(
          "thead",
          h(
            "tr",
            h("th", { scope: "col", rowspan: 2 }, "reward"),
            COLUMNS.map(([name]) => h("th", { scope: "colgroup", colspan: 2 }, name))
          ),
          h(
            "tr",
            COLUMNS.map(() => ["A", "g"].map(name => h("th.right", { scope: "col" }, name)))
          )
        ),
        h(
          "tbody",
          rows.map(row => tableRow(brief(row.reward), ...answers.map(one => cells(one, row))))
        )
      )
    ),
    h(
      "p",
      "The same rewards and log-probabilities; A is the advantage, g the coefficient of the first token that counts. "
    ),
    h(
      "p.quiet",
      "GRPO divides by the standard deviation of the group, so a prompt that is solved once in eight counts as much as one that is solved four times. RLOO compares with the mean of the others and does not divide. Dr. GRPO does not divide either, and divides the sum over tokens by a constant instead of the completion's length."
    )
  ];
}

/** The core's answer for the traced completions under another estimator; null where it has none. */
function answer(advantage, objective) {
  if (!view.model.canRecompute) return null;
  const { request, place } = coreRequest(viewRun(), view.line, view.step, true);
  const settings = request.settings;
  request.settings = whole(
    { advantage: { ...settings.advantage, ...advantage }, objective: { ...settings.objective, ...objective } },
    view.line
  );
  const response = CORE.evaluate(request);
  return response.error ? null : { response, place };
}

function cells(one, row) {
  if (!one) return [h("td.right", "–"), h("td.right", "–")];
  const place = one.place.get(row.key);
  const tokens = (one.response.rows.find(r => r.row === place) || { tokens: [] }).tokens;
  const first = tokens.find(t => t.counts);
  const value = v => h("td.right", { data: { value: exact(v) } }, brief(v, 3));
  return [value(one.response.advantages[place]), value(first ? first.coefficient : NaN)];
}
