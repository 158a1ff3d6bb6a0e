/*
 * A Function constructor that knows what it may be asked for. The runtime of the compiled engine makes its functions
 * from texts; a page whose policy forbids that gives it this one instead, which turns no text into code.
 */

/* What the engine's own Java says in JavaScript, as the compiler writes it. */
const BODIES = {
  "": () => undefined,
  "return {};": () => ({}),
  "return [];": () => [],
  "return null;": () => null,
  "return array;": array => array,
  "return value;": value => value,
  "return str;": text => text,
  "return number;": number => number,
  "return __this__;": self => self,
  "return !!value;": value => Boolean(value),
  "return String(value);": value => String(value),
  "return object.toString();": object => object.toString(),
  "return typeof obj=='undefined';": object => object === undefined,
  "return value===null||value===undefined;": value => value === null || value === undefined,
  "return value===null?'null':Array.isArray(value)||ArrayBuffer.isView(value)?'array':typeof value;": typeOf,
  "return object[name]=value;": (object, name, value) => (object[name] = value),
  "return object[name];": (object, name) => object[name],
  "return Object.keys(object);": object => Object.keys(object),
  "return array.push(value);": (array, value) => array.push(value),
  "return array.length;": array => array.length,
  "return array[index];": (array, index) => array[index]
};

function typeOf(value) {
  if (value === null) return "null";
  return Array.isArray(value) || ArrayBuffer.isView(value) ? "array" : typeof value;
}

/** Calls, and hands what is thrown to whoever turns it into an exception of the other side. */
function guarded(rethrow, call) {
  try {
    return call();
  } catch (problem) {
    return rethrow(problem);
  }
}

/* What the runtime makes for every number of arguments, by how the text begins. */
const PATTERNS = [
  ["return new Function('wrapCallFromJavaToJs'", () => boundBody],
  [
    "try {\n    return fn(",
    () =>
      (rethrow, f, ...given) =>
        guarded(rethrow, () => f(...given))
  ],
  ["try {\n    return instance !== null", () => callMethod],
  ["try {\n    return new constructor(", () => construct],
  ["return function(", () => exported],
  ["return function ", () => constructor => wrapped(constructor)]
];

function boundBody(wrap, ...given) {
  const body = given.pop();
  const known = BODIES[body.replace(/^\{(.*)\}$/s, "$1").trim()];
  if (!known) throw new Error("functions.js knows no function with the body " + body);
  return known;
}

function callMethod(rethrow, global, instance, method, ...given) {
  return guarded(rethrow, () => (instance === null ? global(method)(...given) : instance[method](...given)));
}

function construct(rethrow, constructor, ...given) {
  return guarded(rethrow, () => Reflect.construct(constructor, given));
}

/** Compiled code wants all its arguments; what was left out is undefined. */
function exported(rethrow, compiled) {
  return (...given) => guarded(rethrow, () => compiled(...Array.from({ length: compiled.length }, (_, i) => given[i])));
}

function wrapped(constructor) {
  return function (marker, javaObject) {
    return constructor.call(this, marker, javaObject);
  };
}

/** The function of that text; used with and without new. */
export function KnownFunction(...text) {
  const body = text[text.length - 1];
  const pattern = PATTERNS.find(([begin]) => body.startsWith(begin));
  if (pattern) return pattern[1]();
  if (/^return \[[p\d, ]*\]$/.test(body)) return (...given) => given;
  const global = /^return (\w+);$/.exec(body);
  if (global && text.length === 1) return () => globalThis[global[1]];
  throw new Error("functions.js knows no function " + text.join(" | "));
}
