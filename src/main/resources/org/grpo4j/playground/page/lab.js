/* What goes on: one run or two, the update that is looked at, playing and stepping. */

import { RUNS } from "../../report/page/data.js";
import { Side, startsAnew } from "./side.js";
import { wholeSettings } from "./settings.js";
import { attempt, lab, mainSide, SPEEDS, tell } from "./state.js";

/** How many groups of an update are shown. */
const SHOWN = 2;

/** Most updates of a run: their numbers are kept, all of them. */
export const MOST_UPDATES = 20000;

const FULL = `A run has at most ${MOST_UPDATES} updates here: go back and on from there, or start again.`;

/** At full speed an update is looked into this often only; the others leave their numbers. */
const LOOK_MILLIS = 250;

/** How often runs were begun: whoever finds another number was overtaken. */
let era = 0;

/** A run from its beginning. */
export function startAgain(settings) {
  const mine = ++era;
  return attempt(async () => {
    lab.playing = false;
    if (!lab.sides.length) lab.sides.push(new Side("A", settings));
    await restart(mainSide(), settings);
    const refused = lab.sides[1] ? await restart(lab.sides[1], settings).catch(problem => problem) : null;
    if (mine !== era) return;
    if (refused) stopComparing();
    await Promise.all(lab.sides.map(side => side.update(SHOWN)));
    lab.reveal = null;
    tell("start");
    tell("update");
    if (refused) throw refused;
  });
}

/** The run again with the policy of a file; one that is none leaves everything as it was. */
export async function beginWith(file) {
  const before = lab.sides.map(side => side.file);
  for (const side of lab.sides) side.file = file;
  await startAgain(mainSide().start);
  if (lab.problem) lab.sides.forEach((side, i) => (side.file = before[i]));
}

async function restart(side, settings) {
  if (settings.task && settings.task !== side.start.task) side.file = null;
  const common = Object.fromEntries(["task", "model", "seed"].filter(n => n in settings).map(n => [n, settings[n]]));
  const { start, settings: inForce, changes, branches } = side;
  side.start = wholeSettings(side === mainSide() ? settings : { ...side.given, ...common });
  side.settings = side.start;
  side.changes = [];
  side.branches = [];
  try {
    await side.begin();
  } catch (problem) {
    Object.assign(side, { start, settings: inForce, changes, branches }); // the run that was there is still there
    throw problem;
  }
}

/** The next update of every run; where one fails the others do not run ahead. */
async function nextUpdate(shown) {
  if (mainSide().done >= MOST_UPDATES) throw new Error(FULL);
  await mainSide().queue; // a second run may be about to join
  const all = await Promise.allSettled(lab.sides.map(side => side.update(shown)));
  const failed = all.find(one => one.status === "rejected");
  if (!failed) return;
  const least = Math.min(...lab.sides.map(side => side.done));
  await Promise.all(lab.sides.map(side => side.goTo(least)));
  throw failed.reason;
}

/** One update further, all of it shown or nothing yet. */
export async function stepUpdate(reveal = null) {
  await nextUpdate(SHOWN);
  lab.reveal = reveal;
  tell("update");
}

/** Any update again, exactly. */
export function look(update) {
  pause();
  return attempt(async () => {
    await mainSide().queue;
    await Promise.all(lab.sides.map(side => side.look(update, SHOWN)));
    lab.reveal = null;
    tell("update");
  });
}

let looked = 0;

/** One update of every run, looked into only from time to time: what was not leaves its numbers. */
async function advance(pause) {
  const now = performance.now();
  if (pause === 0 && now - looked < LOOK_MILLIS) {
    await nextUpdate(0);
    tell("change");
    return;
  }
  looked = now;
  await stepUpdate();
}

/**
 * Runs on until so many updates are done, looking into all of them if need be; the last one is looked into anyway.
 * Whether it came so far: another beginning ends it.
 */
export async function runTo(done, all = false) {
  const mine = era;
  while (mainSide().done < done && mine === era) await (all ? stepUpdate() : advance(0));
  if (mine !== era) return false;
  await lookNow();
  return true;
}

/** Looks into the last update, if it is not the one that is shown. */
async function lookNow() {
  await Promise.all(lab.sides.map(side => side.lookAtLast(SHOWN)));
  tell("update");
}

/** A reward by hand, of an update that was shown when somebody gave it. */
export function giveReward(side, update, row, value) {
  pause();
  return attempt(async () => {
    const before = side.rewardsAt(update) || {};
    await side.reward(update, { ...before, [row]: value }, SHOWN);
    lab.reveal = null;
    tell("update");
  });
}

/** Changes settings of a run: at once from the next update on, or by another beginning. */
export function changeSettings(side, changes) {
  if (!startsAnew(changes)) return attempt(() => side.change(changes));
  const { settings } = mainSide();
  if (changes.task) return startAgain(changes);
  return startAgain(
    changes.model ? { task: settings.task, seed: settings.seed, ...changes } : { ...settings, ...changes }
  );
}

/** A second run beside the first, from the same start, with the same prompts and draws. */
export function compareWith(changes) {
  const mine = ++era;
  return attempt(async () => {
    const first = mainSide();
    pause();
    stopComparing();
    const second = new Side("B", {});
    second.given = { ...first.start, ...changes };
    second.start = wholeSettings(second.given);
    second.settings = second.start;
    await first.enqueue(async () => {
      // The first waits meanwhile.
      try {
        await second.begin();
        while (second.done < first.done && mine === era) await second.update(second.done < first.done - 1 ? 0 : SHOWN);
      } catch (problem) {
        second.stop();
        throw problem;
      }
      if (mine === era) lab.sides.push(second);
      else second.stop();
    });
    tell("start");
    tell("update");
  });
}

export function stopComparing() {
  if (lab.sides.length > 1) lab.sides.pop().stop();
  RUNS.length = lab.sides.length;
  tell("start");
  tell("update");
}

let plays = 0;

export async function play() {
  if (lab.playing) return;
  const mine = ++plays;
  lab.playing = true;
  tell("change");
  await attempt(async () => {
    while (lab.playing && mine === plays && mainSide().done < MOST_UPDATES) {
      const { pause, tokens } = SPEEDS[lab.speed];
      const began = performance.now();
      if (tokens) await lab.revealMore();
      else await advance(pause);
      await sleep(Math.max(0, (tokens || pause) - (performance.now() - began)));
    }
    if (mine !== plays) return;
    await lookNow();
    if (lab.playing) throw new Error(FULL);
  });
}

export function pause() {
  lab.playing = false;
  tell("change");
}

function sleep(millis) {
  return millis > 0 ? new Promise(resolve => setTimeout(resolve, millis)) : Promise.resolve();
}
