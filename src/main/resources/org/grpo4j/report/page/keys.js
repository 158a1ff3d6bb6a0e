/* The keyboard: rows of buttons with one tab stop each, a focus that outlives a new drawing. */

/** In a row of buttons only one can be reached with Tab; arrows go to the others, up and down to the next row. */
export function oneStop(element, items = "button") {
  const all = [...element.querySelectorAll(items)];
  all.forEach((item, i) => item.setAttribute("tabindex", i ? "-1" : "0"));
  element.dataset.row = "keys";
  element.keys = { items, all };
  element.addEventListener("keydown", move);
  element.addEventListener("focusin", event => stopAt(element, event.target.closest(items)));
  return element;
}

/** Makes an item the one that Tab reaches. */
export function stopAt(element, item) {
  if (!item || !element.keys.all.includes(item)) return;
  for (const other of element.keys.all) other.setAttribute("tabindex", other === item ? "0" : "-1");
}

function move(event) {
  const element = event.currentTarget;
  const all = element.keys.all;
  const at = all.indexOf(event.target.closest(element.keys.items));
  if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: all.length - 1 }[event.key];
  const found =
    next === undefined ? beside(element, event.key, at - all.length) : all[Math.max(0, Math.min(all.length - 1, next))];
  if (!found) return;
  found.focus();
  event.preventDefault();
  event.stopPropagation();
}

/** The item of the row above or below that is as far from its end. */
function beside(element, key, fromEnd) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (!step || !element.dataset.lines) return null;
  const rows = [...document.querySelectorAll(`[data-lines="${element.dataset.lines}"]`)];
  const other = rows[rows.indexOf(element) + step];
  return other ? other.keys.all.at(fromEnd) || other.keys.all.at(-1) : null;
}

const PLACE = [
  "id",
  "data-testid",
  "data-number",
  "data-row",
  "data-copy",
  "data-token",
  "data-group",
  "data-setting",
  "data-note",
  "data-preset"
];

/** Draws anew; whatever had the focus has it again, if it is still there. */
export function keepingFocus(draw) {
  const was = document.activeElement;
  const names = was && was !== document.body ? PLACE.filter(name => was.hasAttribute(name)) : [];
  draw();
  if (!names.length || was.isConnected) return;
  const same = document.querySelector(names.map(name => `[${name}="${CSS.escape(was.getAttribute(name))}"]`).join(""));
  if (same) same.focus({ preventScroll: true });
}
