/* Numbers of a run that answer the question of a lesson. */

import { column } from "../../report/page/data.js";
import { num, sum } from "../../report/page/numbers.js";

function average(values) {
  return values.length ? sum(values) / values.length : NaN;
}

/** The mean of a metric over all updates. */
export function mean(side, name) {
  return average(column(side.run, name).filter(Number.isFinite));
}

/** The mean of a metric over the last updates. */
export function last(side, name, updates) {
  return average(column(side.run, name).slice(-updates).filter(Number.isFinite));
}

/** The reward of the second run less that of the first, over the last updates of both. */
export function pairedDifference(first, second, updates) {
  return last(second, "reward", updates) - last(first, "reward", updates);
}

/** A group of the update that has right and wrong completions. */
export function mixedGroup(side) {
  const groups = side.line ? side.line.groups : [];
  return groups.find(group => !group.dead) || groups[0];
}

/** How far the log-probabilities of a group's tokens went, those that were pushed up and those pushed down. */
export function movedTokens(group) {
  const moved = sign =>
    average(
      group.completions
        .filter(c => Math.sign(num(c.advantage)) === sign)
        .flatMap(c => c.after_logp.map((after, t) => num(after) - num(c.old_logp[t])).filter((_, t) => c.mask[t]))
    );
  return { up: moved(1), down: moved(-1) };
}

/** The advantage of a right completion by how many of its group were right, from the updates that were looked into. */
export function bySuccesses(side) {
  const found = new Map();
  for (const { rewards, advantages, group_of_row: groups } of side.batches) {
    const rows = new Map();
    groups.forEach((g, i) => rows.set(g, [...(rows.get(g) || []), i]));
    for (const members of rows.values()) {
      const right = members.filter(i => num(rewards[i]) === 1);
      if (right.length && right.length < members.length) found.set(right.length, num(advantages[right[0]]));
    }
  }
  return found;
}

/** The share of tokens that were clipped in each step of the update that is shown. */
export function clippedByEpoch(side) {
  const completions = side.line.groups.flatMap(group => group.completions);
  return side.line.steps.map((_, k) => {
    const branches = completions.filter(c => c.steps[k]).flatMap(c => c.steps[k].branch.filter((_, t) => c.mask[t]));
    return branches.filter(branch => branch !== "INSIDE").length / Math.max(1, branches.length);
  });
}
