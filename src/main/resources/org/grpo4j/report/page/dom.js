/* Elements and numbers. Text only ever enters the page as text nodes: nothing a policy or a file wrote is parsed as HTML. */

const SVG = "http://www.w3.org/2000/svg";
const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * An element: h("p.quiet", { title: "x", data: { row: 3 }, click: f }, "text", child). The tag may name an id and classes; a function listens to
 * the event of its name; properties may be left out.
 */
function h(tag, ...rest) {
  return build(tag, rest, name => document.createElement(name));
}

/** The same in SVG. */
function svg(tag, ...rest) {
  return build(tag, rest, name => document.createElementNS(SVG, name));
}

function build(tag, rest, create) {
  const [, name, id, classes] = /^(\w+)(?:#([\w-]+))?((?:\.[\w-]+)*)$/.exec(tag);
  const element = create(name);
  if (name === "button") element.type = "button";
  if (id) element.id = id;
  if (classes) element.setAttribute("class", classes.slice(1).replaceAll(".", " "));
  const given = rest[0] && Object.getPrototypeOf(rest[0]) === Object.prototype;
  return fill(element, given ? rest[0] : {}, given ? rest.slice(1) : rest);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "class") element.classList.add(...String(value).split(" ").filter(Boolean));
    else if (name === "testid") element.dataset.testid = value;
    else if (name === "data") Object.assign(element.dataset, texts(value));
    else if (name === "vars")
      for (const [key, datum] of Object.entries(value)) element.style.setProperty("--" + key, String(datum));
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** What the element itself keeps and no attribute says. */
const PROPERTIES = new Set(["value", "checked", "disabled", "selected"]);

function texts(data) {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, v]) => v !== undefined && v !== null)
      .map(([k, v]) => [k, String(v)])
  );
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function replace(element, ...children) {
  element.textContent = "";
  append(element, children);
  return element;
}

function byId(id) {
  return document.getElementById(id);
}

/** A number out of the trace; JSON has no NaN, so files spell it. */
function num(value) {
  return typeof value === "number" ? value : value === null || value === undefined ? NaN : Number(value);
}

/** Four significant digits, a real minus sign, no trailing zeros. */
function brief(value, digits = 4) {
  const v = num(value);
  if (Number.isNaN(v)) return "–";
  if (!Number.isFinite(v)) return v > 0 ? "∞" : "−∞";
  if (v === 0) return "0";
  const exponent = Math.floor(Math.log10(Math.abs(v)));
  if (exponent < -4 || exponent > 6) {
    const [mantissa, power] = v.toExponential(Math.max(0, digits - 2)).split("e");
    return minus(trimmed(mantissa)) + "·10" + superscript(Number(power));
  }
  return minus(trimmed(v.toFixed(Math.max(0, Math.min(12, digits - 1 - exponent)))));
}

function trimmed(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function minus(text) {
  return text === "-0" ? "0" : text.replace("-", "−");
}

function superscript(power) {
  return String(power).replace(/./g, c => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]));
}

/** With its sign, for differences. */
function signed(value, digits = 3) {
  return num(value) > 0 ? "+" + brief(value, digits) : brief(value, digits);
}

function percent(value, digits = 1) {
  const v = num(value) * 100;
  return Number.isNaN(v) ? "–" : minus(v.toFixed(digits)) + " %";
}

function count(value) {
  return String(Math.round(num(value))).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Every bit of the number, for data-value. */
function exact(value) {
  const v = num(value);
  return Object.is(v, -0) ? "-0" : String(v);
}

/** A symbol with a subscript. */
function symbol(text, sub) {
  return sub ? [text, h("sub", sub)] : text;
}

/** One place before the point: 10 to that power. */
function power(value) {
  const v = Math.abs(num(value));
  return v > 0 && Number.isFinite(v) ? Math.floor(Math.log10(v)) : 0;
}

function plural(n, one, many) {
  return count(n) + " " + (n === 1 ? one : many || one + "s");
}

function sum(values) {
  let total = 0;
  for (const value of values) total += num(value);
  return total;
}

/** Equal to the last bit; NaN equals NaN, and the sign of zero does not matter. */
function sameBits(a, b) {
  const x = num(a),
    y = num(b);
  return x === y || (Number.isNaN(x) && Number.isNaN(y));
}

/** How many doubles lie between two numbers. */
const ULP_VIEW = new DataView(new ArrayBuffer(8));
function ulps(a, b) {
  const order = x => {
    ULP_VIEW.setFloat64(0, x);
    const bits = ULP_VIEW.getBigInt64(0);
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const d = order(num(a)) - order(num(b));
  return Number(d < 0n ? -d : d);
}

/** What a token looks like on paper: nothing invisible stays invisible. */
function tokenText(text) {
  return text === " " ? "␣" : text === "\n" ? "⏎" : text;
}
