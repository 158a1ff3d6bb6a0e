/* The equation that a number is, and the lines of code that compute it. */

import { DATA } from "./data.js";
import { h } from "./dom.js";
import { EQUATIONS } from "./equations.js";
import { variantOf } from "./whatif.js";

/** Equations of numbers that no variant changes. */
const EQUATIONS_OF = { weight: [6], loss: [1], coefficient: [7], kl: [5], before: [23], after: [11] };
Object.assign(EQUATIONS_OF, { change: [11], entropy: [9], logit: [8], share: [8] });

/** The column that decides how a number is computed; what is said of its variant names the equation. */
const COLUMN_OF = { advantage: "estimator", ratio: "ratioLevel", loss: "surrogate", weight: "aggregation" };

/** By number: {title, anchor, places: [{path, line, code}]}. */
const KNOWN = new Map();
for (const line of EQUATIONS.trim().split("\n")) {
  const [number, title, anchor, path, at, code] = line.split("\t");
  if (!KNOWN.has(number)) KNOWN.set(number, { title, anchor, places: [] });
  KNOWN.get(number).places.push({ path, line: at, code });
}

export function sourcesOf(kind) {
  const variant = COLUMN_OF[kind] ? variantOf(COLUMN_OF[kind]) : null;
  const named = variant ? [...variant.help.matchAll(/Eq\. (\d+)/g)].map(found => found[1]) : [];
  const numbers = [...new Set([...named, ...(EQUATIONS_OF[kind] || []).map(String)])].filter(n => KNOWN.has(n));
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
