/* Elements. Text only ever enters the page as text nodes: nothing a policy or a file wrote is parsed as HTML. */

const SVG = "http://www.w3.org/2000/svg";

export const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * An element: h("p.quiet", { title: "x", data: { row: 3 }, click: f }, "text", child). The tag may name an id and
 * classes; a function listens to the event of its name; properties may be left out.
 */
export function h(tag, ...rest) {
  return build(tag, rest, name => document.createElement(name));
}

/** The same in SVG. */
export function svg(tag, ...rest) {
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

export function fill(element, properties, children) {
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

export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function replace(element, ...children) {
  element.textContent = "";
  append(element, children);
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

/** What is wider than its place: it scrolls sideways, also by keyboard. */
export function scrollable(label, ...content) {
  return h("div.scroll-x", { tabindex: 0, role: "region", "aria-label": label }, content);
}

/** The headings of a table's columns; `isRight` says of a place whether there are numbers below. */
export function tableHead(names, isRight = () => false) {
  const headings = names.map((name, i) => h("th", { scope: "col", class: isRight(i) ? "right" : null }, name));
  return h("thead", h("tr", headings));
}

/** A row of a table: what it is about, and cells or what stands in one. */
export function tableRow(name, ...cells) {
  const isCell = cell => cell instanceof HTMLTableCellElement;
  return h(
    "tr",
    h("th", { scope: "row" }, name),
    cells.flat(Infinity).map(cell => (isCell(cell) ? cell : h("td", cell)))
  );
}

/** A heading for those who do not see what is below it. */
export function hidden(text) {
  return h("span.visually-hidden", text);
}

/** A select with the options [value, text, title]; `choose` is told the value. */
export function choice(tag, properties, options, chosen, choose) {
  return h(
    tag,
    { ...properties, change: event => choose(event.target.value) },
    options.map(([value, text, title]) => h("option", { value, selected: value === chosen, title }, text))
  );
}

/** A symbol with a subscript. */
export function symbol(text, sub) {
  return sub ? [text, h("sub", sub)] : text;
}
