/* Numbers as text, and exact comparisons of them. */

/** A number out of the trace; JSON has no NaN, so files spell it. */
export function num(value) {
  return typeof value === "number" ? value : value === null || value === undefined ? NaN : Number(value);
}

/** Four significant digits, a real minus sign, no trailing zeros. */
export function brief(value, digits = 4) {
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

export function minus(text) {
  return text === "-0" ? "0" : text.replace("-", "−");
}

export function superscript(power) {
  return String(power).replace(/./g, c => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]));
}

export function percent(value, digits = 1) {
  const v = num(value) * 100;
  return Number.isNaN(v) ? "–" : minus(v.toFixed(digits)) + " %";
}

export function count(value) {
  return String(Math.round(num(value))).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** A text with numbers in it, with real minus signs. */
export function minuses(text) {
  return text.replace(/(^|[^\p{L}\d_])-(?=[\d.∞])/gu, "$1−");
}

/** Every bit of the number, for data-value. */
export function exact(value) {
  const v = num(value);
  return Object.is(v, -0) ? "-0" : String(v);
}

/** One place before the point: 10 to that power. */
export function power(value) {
  const v = Math.abs(num(value));
  return v > 0 && Number.isFinite(v) ? Math.floor(Math.log10(v)) : 0;
}

export function plural(n, one, many) {
  return count(n) + " " + (n === 1 ? one : many || one + "s");
}

export function sum(values) {
  let total = 0;
  for (const value of values) total += num(value);
  return total;
}

/** Equal to the last bit; NaN equals NaN, and the sign of zero does not matter. */
export function sameBits(a, b) {
  const x = num(a),
    y = num(b);
  return x === y || (Number.isNaN(x) && Number.isNaN(y));
}

/** How many doubles lie between two numbers. */
const ULP_VIEW = new DataView(new ArrayBuffer(8));

export function ulps(a, b) {
  const order = x => {
    ULP_VIEW.setFloat64(0, x);
    const bits = ULP_VIEW.getBigInt64(0);
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const d = order(num(a)) - order(num(b));
  return Number(d < 0n ? -d : d);
}

/** What a token looks like on paper: nothing invisible stays invisible. */
export function tokenText(text) {
  return text === " " ? "␣" : text === "\n" ? "⏎" : text;
}
