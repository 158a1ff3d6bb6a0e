/* What an update did to the blocks of parameters. */

import { byId, h, replace, scrollable, tableHead, tableRow } from "./dom.js";
import { noteButton } from "./notes.js";
import { brief, count, exact, num, percent } from "./numbers.js";
import { view, viewRun } from "./view.js";

export function renderBlocks() {
  const step = view.line.steps[view.step];
  const blocks = step.blocks || [];
  const most = name => Math.max(...blocks.map(b => num(b[name])), 1e-300);
  const gradient = most("gradient_norm"),
    change = most("change_norm");
  const sizes = new Map((viewRun().trace.header.blocks || []).map(b => [b.name, b.size]));
  const bar = (value, whole, kind) =>
    h(
      "td.bar-cell",
      h("span", { class: "bar " + kind, vars: { w: (num(value) / whole).toFixed(4) } }),
      h("span.bar-number", { data: { number: kind, value: exact(value) } }, brief(value, 3))
    );
  replace(
    byId("blocks"),
    h("h3", "What it did to the parameters", noteButton("blocks")),
    blocks.length
      ? scrollable(
          "Blocks of parameters",
          h(
            "table.blocks",
            { testid: "blocks" },
            tableHead(["block", "size", "gradient", "change", "relative"], i => i === 1 || i === 4),
            h(
              "tbody",
              blocks.map(b =>
                tableRow(
                  b.name,
                  h("td.right", sizes.has(b.name) ? count(sizes.get(b.name)) : "–"),
                  bar(b.gradient_norm, gradient, "gradient"),
                  bar(b.change_norm, change, "step"),
                  h(
                    "td.right",
                    num(b.parameter_norm) > 0 ? percent(num(b.change_norm) / num(b.parameter_norm), 2) : "–"
                  )
                )
              )
            )
          )
        )
      : h("p.quiet", "No blocks were traced.")
  );
}
