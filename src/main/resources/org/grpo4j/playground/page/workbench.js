/* Every number of the update, as in a report: drawn when the run pauses, and seldom while it plays. */

import { goTo, renderUpdateFrame, show } from "../../report/page/update.js";
import { resetWhatIf } from "../../report/page/changes.js";
import { byId, h, replace } from "../../report/page/dom.js";
import { select } from "../../report/page/selection.js";
import { view } from "../../report/page/view.js";
import { pause } from "./lab.js";
import { lab, mainSide } from "./state.js";

const PLAYING_MILLIS = 500;

let waiting = 0;
let drawn = 0;
let open = false;

export function renderWorkbench() {
  const side = mainSide();
  if (!side || !side.line) return;
  view.runIndex = Math.min(view.runIndex, lab.sides.length - 1);
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

/** The place on the stage that somebody asked from. */
let asked = null;

/** Shows where a number of the stage comes from. */
export async function explainNumber(side, kind, row, token) {
  pause();
  const place = token === null ? "[data-testid=push]" : `.written > :nth-child(${token + 1})`;
  asked = `[data-run="${side.name}"] [data-testid=completion-row][data-row="${row}"] ${place}`;
  view.runIndex = lab.sides.indexOf(side);
  open = true;
  renderWorkbench();
  await draw();
  if (!view.model || !view.model.rows.has(row + "/0")) return;
  select({ kind, key: row + "/0", token });
  byId("explain").tabIndex = -1;
  goTo("explain");
}

/** Back to where somebody asked, who has read enough. */
export function backToStage() {
  const found = asked && document.querySelector(asked);
  asked = null;
  if (found) found.focus();
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
  return show(0);
}
