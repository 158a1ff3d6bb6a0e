/* What the page is at: its runs, whether it plays, what is shown, and who is told when that changes. */

import { Stopped } from "./engine.js";

/** How fast it plays: the pause after an update in milliseconds; "tokens" shows every one of them appear. */
export const SPEEDS = [
  { name: "token by token", tokens: 160 },
  { name: "1 a second", pause: 1000 },
  { name: "4 a second", pause: 250 },
  { name: "full speed", pause: 0 }
];

export const lab = {
  sides: [],
  speed: 2,
  playing: false,
  /** How much of the update is shown: tokens of each completion, then phases; null for all. */
  reveal: null,
  problem: null,
  /** How many things that a reader asked for are under way. */
  busy: 0
};

/** Who wants to know: of an update, of something that changed, of a new start. */
export const listeners = { update: [], change: [], start: [] };

export function tell(what) {
  for (const listener of listeners[what]) listener();
}

/** The run whose update is in the middle. */
export function mainSide() {
  return lab.sides[0];
}

/** The updates done so far on this branch, further on or not. */
export function frontier() {
  return Math.max(mainSide().rows(), mainSide().done);
}

/** Does what a reader asked for; what is wrong becomes a sentence. */
export async function attempt(task) {
  lab.busy++;
  try {
    lab.problem = null;
    await task();
  } catch (problem) {
    if (!(problem instanceof Stopped)) {
      lab.playing = false;
      lab.problem = problem.message;
    }
  }
  lab.busy--;
  tell("change");
}
