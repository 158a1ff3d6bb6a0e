/* The start of the page, and its keys. */

import { DATA } from "../../report/page/data.js";
import { byId, h, replace } from "../../report/page/dom.js";
import { renderPanel } from "../../report/page/panel.js";
import { brief, percent } from "../../report/page/numbers.js";
import { closePanel } from "../../report/page/selection.js";
import { copyLinkButton } from "../../report/page/share.js";
import { projectorButton, setTheme, storedTheme, themeButton, THEMES } from "../../report/page/theme.js";
import { goTo, refresh } from "../../report/page/update.js";
import { actions } from "../../report/page/view.js";
import { backToRun, renderWhatIf } from "../../report/page/whatif.js";
import { listenToDrops } from "./files.js";
import { readHash, writeHash } from "./hash.js";
import { compareWith, look, startAgain, stopComparing } from "./lab.js";
import { isLesson, leaveLesson, lessonChoice, lessonNow, openLesson } from "./lesson.js";
import { closeNote, showNote } from "./note.js";
import { feedProgress, renderProgress } from "./progress.js";
import { nextWhole, stepCompletion, stepToken } from "./reveal.js";
import { renderSetup } from "./setup.js";
import { renderStage } from "./stage.js";
import { TASKS } from "./tasks.js";
import { ask, forgetThought, renderThinking } from "./thinking.js";
import { feedTransport, goBy, renderTransport, toggle } from "./transport.js";
import { backToStage, feedWorkbench, renderWorkbench } from "./workbench.js";
import { attempt, lab, listeners, mainSide, tell } from "./state.js";

function renderHead() {
  replace(
    byId("top"),
    h(
      "div.head-line",
      h("h1", "GRPO learns in this tab"),
      h("p.lead", "A policy is trained here, on your machine. Change anything, go back, try again."),
      lessonChoice(),
      copyLinkButton(),
      projectorButton(),
      themeButton()
    )
  );
  replace(
    byId("foot"),
    h("p", `${DATA.program}. This file is complete: it loads nothing and sends nothing.`),
    h("p", "Keys: space plays, t c u step a token, a completion, an update, ← → go back and forth in time.")
  );
}

/** The pictures of an update are drawn in one frame, however many updates came meanwhile. */
let drawing = 0;

function drawUpdate() {
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(() => {
    renderStage();
    feedTransport();
    feedProgress();
    feedWorkbench();
    writeHash();
    if (!lab.playing) say();
  });
  ask();
}

/** For those who listen: what became of the update. */
function say() {
  const side = mainSide();
  if (!side || !side.line) return;
  const { reward, "eval/greedy_accuracy": accuracy } = side.run.metrics;
  const at = side.line.update;
  const held = accuracy && Number.isFinite(accuracy[at]) ? `, held-out accuracy ${percent(accuracy[at])}` : "";
  byId("said").textContent = `Update ${at}: mean reward ${brief(reward[at], 3)}${held}`;
}

listeners.update.push(drawUpdate);
listeners.reveal.push(() => {
  renderStage();
  feedTransport();
});
listeners.change.push(() => {
  if (!mainSide() || !mainSide().line) renderStage();
  feedTransport();
  feedProgress();
  if (!lab.playing && !lab.busy) renderSetup();
  writeHash();
});
listeners.start.push(() => {
  renderProgress();
  renderSetup();
  forgetThought();
  renderThinking();
  renderWorkbench();
});

const KEYS = {
  " ": toggle,
  t: stepToken,
  c: stepCompletion,
  u: nextWhole,
  ArrowLeft: () => goBy(-1),
  ArrowRight: () => goBy(1)
};

/** Whether what has the focus wants that key itself. */
function ownKey(element, key) {
  const ranged = element.closest("input[type=range], input[type=radio], input[type=file]");
  if (element.closest("input, select, textarea") && !ranged) return true;
  return (key === " " && !ranged && element.closest("button, summary")) || (ranged && key.startsWith("Arrow"));
}

document.addEventListener("keydown", event => {
  const on = event.target.closest ? event.target : document.body;
  if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (event.key === "Escape") closeNote();
  if (event.key === "Escape" && byId("explain")) {
    closePanel();
    backToStage();
  }
  if (!Object.hasOwn(KEYS, event.key) || ownKey(on, event.key)) return;
  KEYS[event.key]();
  event.preventDefault();
});

document.addEventListener("click", event => event.target.closest("#explain > .close") && backToStage(), true);

/** What the address asks for; what it cannot have is said, and the page begins without. */
async function start() {
  const asked = readHash();
  if (THEMES.includes(asked.theme)) setTheme(asked.theme);
  if (isLesson(asked.lesson)) return openLesson(asked.lesson);
  if (lessonNow()) await leaveLesson();
  if (lab.sides.length > 1) stopComparing();
  let refused = asked.refused;
  await startAgain(asked.settings);
  if (lab.problem) {
    refused = lab.problem;
    const { task } = asked.settings;
    if (!mainSide()?.line) await startAgain(TASKS.some(one => one.id === task) ? { task } : {});
  } else {
    if (asked.second) await compareWith(asked.second);
    if (!lab.problem && (asked.update || asked.changes.length || asked.secondChanges.length)) await goOnAsAsked(asked);
  }
  lab.problem ??= refused && "The address: " + refused;
  tell("change");
}

/** Does the changes of the address again, and as many updates as it asks for, unless somebody says pause. */
async function goOnAsAsked({ update, changes, secondChanges }) {
  const all = [changes, secondChanges];
  lab.playing = true;
  await attempt(async () => {
    await Promise.all(lab.sides.map(side => side.goTo(0)));
    const mayGoOn = () => {
      tell("change");
      return lab.playing;
    };
    await Promise.all(lab.sides.map((side, i) => side.replay(all[i], update + 1, mayGoOn)));
  });
  const problem = lab.problem;
  await look(Math.max(0, Math.min(update, ...lab.sides.map(side => side.done - 1))));
  lab.problem ??= problem;
}

/** Somebody wrote another address; a link within the page is none. */
window.addEventListener("hashchange", () => (location.hash.includes("=") ? start() : writeHash()));

/** Where the build puts the page it lies among the sources, to which its numbers lead. */
if (location.protocol === "file:" && location.pathname.endsWith("/target/playground/index.html"))
  DATA.sources = "../../";

Object.assign(actions, {
  backToRun,
  closePanel,
  renderWhatIf,
  goTo,
  refresh,
  show: () => {},
  renderPanel,
  showNote,
  showUpdateNear: look,
  writeAddress: writeHash
});
renderHead();
setTheme(storedTheme());
renderTransport();
renderStage();
listenToDrops();
start();
