/* How an update comes into view: tokens one after the other, then the comparison, the push, the step. */

import { pause, stepUpdate } from "./lab.js";
import { scene } from "./scene.js";
import { attempt, lab, listeners } from "./state.js";

/** What there is to see after the tokens. */
export const PHASES = ["sample", "compare", "push", "step"];

const LAST = PHASES.length - 1;

/** The lengths of the completions that are shown, of the longest group of all runs. */
function lengths() {
  const groups = lab.sides.map(side => scene(side)).filter(Boolean);
  const most = Math.max(0, ...groups.map(group => group.completions.length));
  return Array.from({ length: most }, (_, i) =>
    Math.max(...groups.map(g => (g.completions[i] ? g.completions[i].tokens.length : 0)))
  );
}

function nothing() {
  return { counts: lengths().map(() => 0), phase: 0 };
}

/** Whether all of it is there; then the next step means the next update. */
function isWhole() {
  return !lab.reveal || lab.reveal.phase === LAST;
}

async function stepOr(more) {
  if (isWhole()) {
    await stepUpdate({ counts: [], phase: 0 });
    lab.reveal = nothing();
  }
  const { counts, phase } = lab.reveal;
  const all = lengths();
  if (phase > 0 || counts.every((count, i) => count >= all[i])) lab.reveal = { counts: all, phase: phase + 1 };
  else lab.reveal = { counts: more(counts, all), phase: 0 };
  for (const listener of listeners.reveal) listener();
}

/** One token of the first completion that is not whole yet. */
export function stepToken() {
  pause();
  return attempt(() =>
    stepOr((counts, all) => {
      const at = counts.findIndex((count, i) => count < all[i]);
      return counts.map((count, i) => (i === at ? count + 1 : count));
    })
  );
}

/** The rest of the first completion that is not whole yet. */
export function stepCompletion() {
  pause();
  return attempt(() =>
    stepOr((counts, all) => {
      const at = counts.findIndex((count, i) => count < all[i]);
      return counts.map((count, i) => (i === at ? all[i] : count));
    })
  );
}

/** The next update, or what is missing of this one. */
export function nextWhole() {
  pause();
  return attempt(async () => {
    if (isWhole()) await stepUpdate();
    else lab.reveal = null;
    for (const listener of listeners.reveal) listener();
  });
}

/** While it plays slowly: a token of every completion at once, as they are sampled. */
lab.revealMore = () => stepOr((counts, all) => counts.map((count, i) => Math.min(all[i], count + 1)));

listeners.reveal = [];

/** What can be seen of a completion: its tokens so far, and whether its reward, and so on. */
export function seen(place, length) {
  const { counts, phase } = lab.reveal || { counts: [], phase: LAST };
  const tokens = lab.reveal && phase === 0 ? Math.min(length, counts[place] || 0) : length;
  return { tokens, whole: tokens >= length, compared: phase >= 1, pushed: phase >= 2, stepped: phase >= 3 };
}

/** The phase that is shown, by name. */
export function phaseNow() {
  return PHASES[lab.reveal ? lab.reveal.phase : LAST];
}
