/* The card of any group of the batch: what is known of it without a trace of its tokens. */

import { whatIf } from "./changes.js";
import { h, hidden, tableHead } from "./dom.js";
import { brief, exact, num, plural } from "./numbers.js";
import { actions, view } from "./view.js";

export function batchGroupPanel(g) {
  const batch = view.line.batch;
  const rows = batch.group_of_row.map((group, row) => (group === g ? row : -1)).filter(row => row >= 0);
  const traced = view.line.groups.some(group => group.group === g);
  return [
    h("p.crumbs", `update ${view.line.update} › group ${g}`),
    h("h3", { testid: "batch-card", data: { group: g } }, h("code", batch.prompts[g])),
    h(
      "table.parts",
      tableHead([hidden("completion"), "text", "reward", "A"]),
      h(
        "tbody",
        rows.map(row =>
          h(
            "tr",
            h("th.quiet", { scope: "row" }, "#" + row),
            h("td", batch.texts ? h("code", batch.texts[row]) : "–"),
            number(whatIf.rewards.has(row) ? whatIf.rewards.get(row) : batch.rewards[row]),
            number(advantageNow(row))
          )
        )
      )
    ),
    traced
      ? h("button", { testid: "to-group", click: () => actions.goTo("group-" + g) }, "To its tokens ↓")
      : h(
          "p.quiet",
          `Only ${plural(view.line.groups.length, "group")} of an update have their tokens traced. `,
          h("code", "--set trace.groups=" + Math.max(8, g + 1)),
          " traces more."
        )
  ];
}

function number(value) {
  return h("td.right", { data: { value: exact(value) } }, brief(value, 3));
}

/** As recomputed with the changes, if there are any. */
function advantageNow(row) {
  const changed = view.model.changed;
  if (!changed) return num(view.line.batch.advantages[row]);
  const place = changed.place.get(row + "/0");
  return place === undefined ? NaN : num(changed.response.advantages[place]);
}
