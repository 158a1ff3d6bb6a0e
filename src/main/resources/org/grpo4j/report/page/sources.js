/* The equation that a number is, and the lines of code that compute it. */

import { DATA } from "./data.js";
import { h } from "./dom.js";
import { EQUATIONS } from "./equations.js";
import { variantOf } from "./whatif.js";

/** By symbol: the equations of what no variant changes. */
const EQUATIONS_OF = { w: [6], l: [1], g: [7], KL: [5], pi_old: [23], pi_after: [11], "Delta pi": [11], H: [9] };
Object.assign(EQUATIONS_OF, { "dL/dz": [8], share: [8], delta: [37], expert: [24, 26] });

/** By symbol: the column that decides how a number is computed; its variant names the equation. */
const COLUMN_OF = { A: "estimator", rho: "ratioLevel", l: "surrogate", w: "aggregation" };

/** By number: {title, anchor, places: [{path, line, code}]}. */
const KNOWN = new Map();
for (const line of EQUATIONS.trim().split("\n")) {
  const [number, title, anchor, path, at, code] = line.split("\t");
  if (!KNOWN.has(number)) KNOWN.set(number, { title, anchor, places: [] });
  KNOWN.get(number).places.push({ path, line: at, code });
}

function equationsOf(symbol) {
  const variant = COLUMN_OF[symbol] ? variantOf(COLUMN_OF[symbol]) : null;
  const own = variant ? [variant.equation] : [];
  return [...new Set([...own, ...(EQUATIONS_OF[symbol] || [])])].map(String).filter(n => KNOWN.has(n));
}

/** The equations of a number inside a tree, in short. */
export function equationLinks(symbol) {
  return equationsOf(symbol).map(n => [" ", link("docs/equations.md#" + KNOWN.get(n).anchor, "Eq. " + n)]);
}

export function sourcesOf(symbol) {
  const numbers = equationsOf(symbol);
  if (!numbers.length) return null;
  return h(
    "details.sources",
    { testid: "sources", open: true },
    h("summary", "Equation and code"),
    h(
      "ul",
      numbers.map(n => {
        const { title, anchor, places } = KNOWN.get(n);
        return h(
          "li",
          link("docs/equations.md#" + anchor, `Eq. ${n} ${title}`),
          h(
            "ul",
            places.map(({ path, line, code }) =>
              h("li", h("code", code), " ", link(path + "#L" + line, path.replace(/.*\//, "") + ":" + line))
            )
          )
        );
      })
    )
  );
}

/** A page that lies among the sources leads to them; one that was sent away names them. */
function link(path, text) {
  return DATA.sources ? h("a", { href: DATA.sources + path }, text) : h("span", { title: path }, text);
}
