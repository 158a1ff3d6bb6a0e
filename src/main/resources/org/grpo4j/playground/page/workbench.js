/* Every number of the update, as in a report: drawn when the run pauses, and seldom while it plays. */

import { resetWhatIf } from "../../report/page/changes.js";
import { byId, h, replace } from "../../report/page/dom.js";
import { renderUpdateFrame, show } from "../../report/page/update.js";
import { view } from "../../report/page/view.js";
import { lab, mainSide } from "./lab.js";

const PLAYING_MILLIS = 500;

let waiting = 0;
let drawn = 0;
let open = false;

export function renderWorkbench() {
  const side = mainSide();
  if (!side || !side.line) return;
  view.runIndex = 0;
  view.selected = null;
  resetWhatIf();
  const section = byId("update");
  if (!open) {
    replace(
      section,
      h("h2#update-heading", "Inside this update"),
      h("p.lead", "Every number of it, what each was computed from, and what it would be under other settings."),
      h("button#open-workbench", { testid: "open-workbench", click: openUp }, "Show every number")
    );
    return;
  }
  renderUpdateFrame(() => h("p", h("span#badge")));
  draw();
}

function openUp() {
  open = true;
  renderWorkbench();
}

/** Soon, and not often. */
export function feedWorkbench() {
  if (!open) return;
  clearTimeout(waiting);
  const rest = lab.playing ? Math.max(0, PLAYING_MILLIS - (performance.now() - drawn)) : 60;
  waiting = setTimeout(draw, rest);
}

function draw() {
  drawn = performance.now();
  show(0);
}
