/* The address holds the view, so that a lecturer can link to a number. */

import { whatIfActive, whatIfText } from "./changes.js";
import { actions, view } from "./view.js";

let writing = 0;

/** Soon, and once: browsers stop pages that write their address too often. A page may have an address of its own. */
export function writeAddress() {
  if (actions.writeAddress) return actions.writeAddress();
  clearTimeout(writing);
  writing = setTimeout(writeAddressNow, 120);
}

function writeAddressNow() {
  if (!view.line) return;
  const parts = ["update=" + view.line.update, "colour=" + view.quantity];
  if (view.runIndex) parts.push("run=" + view.runIndex);
  if (view.block) parts.push("block=" + view.block);
  if (view.step) parts.push("step=" + view.step);
  if (whatIfActive()) parts.push("if=" + encodeURIComponent(whatIfText()));
  const s = view.selected;
  if (s && s.key && !s.auto)
    parts.push(
      "row=" + s.key.split("/")[0],
      ...(s.token === null || s.token === undefined ? [] : ["token=" + s.token]),
      "number=" + s.kind
    );
  try {
    history.replaceState(null, "", "#" + parts.join("&"));
  } catch (blocked) {
    // Not allowed everywhere, and not needed.
  }
}

export function readAddress() {
  return new URLSearchParams(location.hash.slice(1));
}
