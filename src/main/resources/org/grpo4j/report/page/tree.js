/* The explanation the Java core gives, as a tree. */

import { h } from "./dom.js";
import { brief, exact, minuses, sameBits } from "./numbers.js";

/** The first node of an explanation whose description matches. */
export function findNode(tree, pattern) {
  if (!tree) return null;
  if (pattern.test(tree.description)) return tree;
  for (const part of tree.parts) {
    const found = findNode(part, pattern);
    if (found) return found;
  }
  return null;
}

export function valueOf(tree, pattern) {
  const node = findNode(tree, pattern);
  return node ? node.value : null;
}

/** Descriptions come from the Java core in plain letters. */
function prettyDescription(text) {
  return text
    .replace(/\blog pi_old\b/g, "log π_old")
    .replace(/\blog pi_ref\b/g, "log π_ref")
    .replace(/\blog pi\b/g, "log π")
    .replace(/\bdLoss\/dlogp\b/g, "∂L/∂log π")
    .replace(/\bddivergence\/dlogp\b/g, "∂KL/∂log π")
    .replace(/\bdsurrogate\/d/g, "∂surrogate/∂")
    .replace(/\bdloss\/d/g, "∂loss/∂")
    .replace(/\bdlog rho\b/g, "∂log ρ")
    .replace(/\brho\b/g, "ρ")
    .replace(/\bbeta\b/g, "β")
    .replace(/\bstdEpsilon\b/g, "ε")
    .replace(/ \* /g, " · ")
    .replace(/\bINSIDE\b/g, "inside the range")
    .replace(/\bCLIPPED_LOW\b/g, "clipped below")
    .replace(/\bCLIPPED_HIGH\b/g, "clipped above")
    .replace(/\bBOUNDED\b/g, "bounded");
}

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
  const label = [
    h("b", { title: exact(node.value) }, brief(node.value)),
    " ",
    minuses(prettyDescription(node.description))
  ];
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
