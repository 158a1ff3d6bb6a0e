/* Elements of MathML. */

import { fill, MATHML } from "./dom.js";
import { brief } from "./numbers.js";

export function m(tag, properties, ...children) {
  return fill(document.createElementNS(MATHML, tag), properties, children.map(mathChild));
}

function mathChild(child) {
  if (Array.isArray(child)) return child.map(mathChild);
  return typeof child === "string" ? mi(child) : child;
}

export const mi = text => fill(document.createElementNS(MATHML, "mi"), {}, [text]);

export const mo = (text, properties) => fill(document.createElementNS(MATHML, "mo"), properties || {}, [text]);

export const mtext = text => fill(document.createElementNS(MATHML, "mtext"), {}, [text]);

export const mrow = (...c) => m("mrow", {}, ...c);

export const mfrac = (a, b) => m("mfrac", {}, a, b);

export const msub = (a, b) => m("msub", {}, a, b);

export const msup = (a, b) => m("msup", {}, a, b);

export const paren = (...c) => mrow(mo("(", { stretchy: "false" }), ...c, mo(")", { stretchy: "false" }));

export const call = (name, ...c) =>
  mrow(m("mi", { mathvariant: "normal" }, fill(document.createTextNode(name), {}, [])), mo("\u2061"), paren(...c));

/** A number in its place. */
export const mn = value => m("mn", { class: "filled" }, document.createTextNode(brief(value)));

/** A number that belongs to the formula. */
export const plain = text => m("mn", {}, document.createTextNode(text));

export function math(...children) {
  return m("math", { display: "block" }, ...children);
}
