/* The start of the page, and its keys. */

import { readAddress } from "./address.js";
import { readWhatIf } from "./changes.js";
import { renderCurves } from "./curves.js";
import { DATA, hasTrace, RUNS } from "./data.js";
import { renderHead } from "./head.js";
import { listen } from "./live.js";
import { renderPanel } from "./panel.js";
import { NUMBERS, QUANTITIES } from "./quantities.js";
import { renderResult, renderSettings } from "./result.js";
import { closePanel, select, showNote } from "./selection.js";
import { setTheme, storedTheme, THEMES } from "./theme.js";
import { nextEvaluation, togglePlay } from "./play.js";
import { renderSamples } from "./samples.js";
import { goTo, refresh, renderUpdateFrame, show, showUpdateNear } from "./update.js";
import { actions, view, viewRun } from "./view.js";
import { backToRun, renderWhatIf } from "./whatif.js";

async function startView() {
  const address = readAddress();
  const runIndex = Number(address.get("run") || RUNS.findIndex(hasTrace));
  view.runIndex = RUNS[runIndex] ? runIndex : 0;
  const theme = address.get("theme");
  if (THEMES.includes(theme)) setTheme(theme);
  renderUpdateFrame();
  const run = viewRun();
  if (!hasTrace(run)) return;
  if (Object.hasOwn(QUANTITIES, address.get("colour"))) view.quantity = address.get("colour");
  view.block = Math.max(0, Number(address.get("block")) || 0);
  view.step = Math.max(0, Number(address.get("step")) || 0);
  if (address.has("if")) {
    readWhatIf(address.get("if"));
    renderWhatIf();
  }
  const wanted = address.has("update") ? Number(address.get("update")) : null;
  const index =
    wanted === null
      ? DATA.live
        ? run.trace.updates.length - 1
        : 0
      : run.trace.updates.findIndex(entry => entry.update >= wanted);
  await show(index < 0 ? run.trace.updates.length - 1 : index);
  const kind = address.get("number");
  const key = address.get("row") + "/0";
  if (Object.hasOwn(NUMBERS, kind) && view.model.rows.has(key)) {
    const token = address.has("token") ? Number(address.get("token")) : null;
    if (token === null || view.model.rows.get(key).tokens[token]) select({ kind, key, token });
  }
}

document.addEventListener("keydown", event => {
  const editing = event.target.closest && event.target.closest("input, select, textarea");
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") closePanel();
  if (editing || event.defaultPrevented) return;
  if (event.key === "ArrowRight" || event.key === "j") show(view.index + 1);
  else if (event.key === "ArrowLeft" || event.key === "k") show(view.index - 1);
  else if (event.key === "e" && hasTrace(viewRun())) show(nextEvaluation());
  else if (event.key === "p" && hasTrace(viewRun())) togglePlay();
  else return;
  event.preventDefault();
});

Object.assign(actions, {
  backToRun,
  closePanel,
  renderWhatIf,
  goTo,
  refresh,
  show,
  renderPanel,
  showNote,
  showUpdateNear
});
renderHead();
setTheme(storedTheme());
renderResult();
renderCurves();
renderSamples();
renderSettings();
startView().then(listen);
