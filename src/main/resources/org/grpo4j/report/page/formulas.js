/* Formulas as MathML: once in symbols, once with the numbers in their places. */

import { h } from "./dom.js";
import { call, m, math, mfrac, mi, mn, mo, mrow, msub, msup, mtext, paren, plain } from "./mathml.js";
import { exact } from "./numbers.js";

/** A number as the core explains it: {value, symbol, description, formula, parts}. */
const node = (value, symbol, formula = "", ...parts) => ({ value, symbol, description: "", formula, parts });

/** Numbers that the page computes itself, from those of a token or a group. */
const OWN = {
  before: c => node(c.value, "pi_old", "exp({0})", node(c.old, "log pi_old")),
  after: c => node(c.value, "pi_after", "exp({0})", node(c.after, "log pi_after")),
  change: c => node(c.value, "", "{0} - {1}", node(c.token.after, "pi_after"), node(c.token.before, "pi_old")),
  dead: c => node(c.value, "", "pow({0}, {1}) + pow(1 - {0}, {1})", node(c.p, "p"), node(c.size, "G"))
};

const sumOver = (index, ...terms) => [m("munder", {}, mo("∑"), index), terms];

/** Numbers whose parts are too many to fill in. */
const IN_SYMBOLS = {
  entropy: () => [symbolText("H"), mo("="), mo("−"), sumOver("v", mi("π"), symbolText("log pi"))],
  logit: () => [norm(symbolText("dL/dz")), mo("="), mo("|"), mi("g"), mo("|·"), norm(msub("e", "o"), mo("−"), mi("π"))],
  share: () => [mfrac(mrow(mo("⟨"), msub(mo("∇"), "t"), mo(","), mo("∇"), mo("⟩")), msup(norm(mo("∇")), plain("2")))],
  expert: () => [
    msub("g", "e"),
    mo("="),
    mfrac(msub("p", "e"), mrow(sumOver(mrow(mi("j"), mtext(" chosen")), msub("p", "j"))))
  ],
  deviation: () => {
    const square = msup(paren(msub("r", "i"), mo("−"), call("mean", "r")), plain("2"));
    const over = mfrac(plain("1"), mrow(mi("G"), mo("−"), plain("1")));
    return [mi("s"), mo("="), m("msqrt", {}, mrow(over, sumOver("i", square)))];
  }
};

const norm = (...inner) => mrow(mo("‖"), inner, mo("‖"));

/** The formula of the core's explanation or of a number of the page's own; null where there is none. */
export function formula(kind, c) {
  const data = { formula: kind, value: exact(c.value) };
  // A long formula scrolls sideways, also by keyboard.
  const box = { testid: "formula", data, tabindex: 0, role: "group", "aria-label": "Formula" };
  if (IN_SYMBOLS[kind]) return h("div.formula", box, math(IN_SYMBOLS[kind]()));
  const given = c.tree || (OWN[kind] && OWN[kind](c));
  if (!given || !given.formula) return null;
  const name = given.symbol ? [symbolText(given.symbol), mo("=")] : [];
  const numbers = math(mo("="), inNumbers(given), mo("="), mn(c.value));
  return h("div.formula", box, math(name, inSymbols(given)), h("div.filled-line", numbers));
}

const LETTERS = { rho: "ρ", pi: "π", beta: "β", gamma: "γ", lambda: "λ", delta: "δ", tau: "τ", phi: "φ", l: "ℓ" };
Object.assign(LETTERS, { eps: "ε", Delta: "Δ" });

/** The symbol of a number, log pi_old or dl/dlog rho, as it is printed. */
export function symbolText(symbol) {
  const [above, below] = symbol.split("/d");
  if (below) return mfrac(mrow(mo("∂"), symbolText(above.slice(1))), mrow(mo("∂"), symbolText(below)));
  return mrow(
    symbol.split(" ").map((word, i) => {
      const [letter, index] = word.split("_");
      const name = mi(LETTERS[letter] || letter);
      return [i ? mo("\u2061") : null, index ? msub(name, mtext(index)) : name];
    })
  );
}

/** The formula of an explanation with the symbols of its parts. */
export function inSymbols(given) {
  return expression(given, part => tight(part.symbol ? symbolText(part.symbol) : mtext(part.description)));
}

/** The same with their numbers. */
export function inNumbers(given) {
  return expression(given, part => ({ math: mn(part.value), loose: part.value < 0 }));
}

const tight = math => ({ math, loose: false });

/** In brackets, if it is a sum or a negative number. */
const bracketed = term => (term.loose ? paren(term.math) : term.math);

/** Sums of products of atoms; a part that has no symbol stands in the formula with its own formula. */
function expression(given, leaf) {
  const tokens = given.formula.match(/\{\d+\}|[a-z]+|[\d.]+|\S/g);
  const adds = () => tokens[0] === "+" || tokens[0] === "-";
  const sum = () => {
    const negative = tokens[0] === "-" && tokens.shift();
    const first = product();
    if (!negative && !adds()) return first;
    const terms = negative ? [mo("−"), bracketed(first)] : [first.math];
    while (adds()) terms.push(mo(tokens.shift() === "+" ? "+" : "−"), bracketed(product()));
    return { math: mrow(terms), loose: true };
  };
  const product = () => {
    let left = atom();
    while (tokens[0] === "*" || tokens[0] === "/") {
      const divides = tokens.shift() === "/";
      const right = atom();
      left = tight(divides ? mfrac(left.math, right.math) : mrow(bracketed(left), mo("·"), bracketed(right)));
    }
    return left;
  };
  const atom = () => {
    const token = tokens.shift();
    if (token[0] === "{") return place(given.parts[Number(token.slice(1, -1))]);
    if (token !== "(") return tight(/\d/.test(token) ? plain(token) : applied(token));
    const inner = sum();
    tokens.shift();
    return inner;
  };
  const place = part => {
    if (part.symbol || !part.formula) return leaf(part);
    return { math: expression(part, leaf), loose: true };
  };
  const applied = name => {
    const terms = [];
    while (tokens.shift() !== ")") terms.push(sum());
    const inner = terms.map(term => term.math);
    if (name === "sqrt") return m("msqrt", {}, inner);
    if (name === "abs") return mrow(mo("|"), inner, mo("|"));
    if (name === "pow") return msup(bracketed(terms[0]), inner[1]);
    return call(
      name,
      inner[0],
      inner.slice(1).map(one => [mo(","), one])
    );
  };
  return sum().math;
}
