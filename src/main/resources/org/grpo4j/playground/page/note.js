/* A note beside whatever raised the question. */

import { byId, h, replace } from "../../report/page/dom.js";
import { noteText } from "../../report/page/notes.js";
import { sourcesOf } from "../../report/page/sources.js";

/** The symbol that a note speaks about, whose equation and lines of code stand below it. */
const SYMBOLS = { deviation: "A", dead: "A", ratio: "rho", clip: "l", kl: "KL", entropy: "H" };

let asked = null;

export function showNote(key) {
  asked = document.activeElement;
  const place = byId("note");
  const close = h("button.close", { "aria-label": "Close the note", click: closeNote }, "×");
  replace(place, close, noteText(key, "h3"), sourcesOf(SYMBOLS[key]));
  place.hidden = false;
  close.focus();
}

/** The focus is again where the question was asked. */
export function closeNote() {
  const place = byId("note");
  if (place.hidden) return;
  place.hidden = true;
  if (asked && asked.isConnected) asked.focus({ preventScroll: true });
}
