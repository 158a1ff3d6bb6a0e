/* The explanation the Java core gives, as a tree. */

import { h } from "./dom.js";
import { inNumbers, inSymbols, symbolText } from "./formulas.js";
import { m, mo } from "./mathml.js";
import { brief, exact, minuses, sameBits } from "./numbers.js";
import { equationLinks } from "./sources.js";

/** The explanation the Java core gives, as a tree. */
export function treeView(tree, value) {
  const agrees = sameBits(tree.value, value);
  return h(
    "details.tree",
    { open: true, testid: "tree", data: { agrees } },
    h(
      "summary",
      "Computed from",
      h(
        "span",
        { class: agrees ? "agree" : "differ" },
        agrees ? "same to the last bit" : "differs: " + minuses(exact(tree.value))
      )
    ),
    h("ul", treeNode(tree, 0))
  );
}

function treeNode(node, depth) {
  const label = [h("b", { title: exact(node.value) }, brief(node.value)), " ", equation(node), minuses(words(node))];
  if (depth > 0) label.push(equationLinks(node.symbol));
  if (!node.parts.length) return h("li", label);
  return h(
    "li",
    h(
      "details",
      { open: depth < 3 },
      h("summary", label),
      h(
        "ul",
        node.parts.map(part => treeNode(part, depth + 1))
      )
    )
  );
}

/** Symbol and formula, the formula with its numbers too. */
function equation(node) {
  const sides = node.formula ? [inSymbols(node), inNumbers(node)] : [];
  if (node.symbol) sides.unshift(symbolText(node.symbol));
  return sides.length
    ? m(
        "math",
        {},
        sides.map((side, i) => [i ? mo("=") : null, side])
      )
    : null;
}

function words(node) {
  return node.description && (node.symbol || node.formula) ? ", " + node.description : node.description;
}
