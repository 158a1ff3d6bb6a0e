/* The group that stands in the middle, with the numbers that are drawn of it. */

import { num, sum } from "../../report/page/numbers.js";

export const chosen = { group: 0 };

/** The group of a run's update that is shown. */
export function scene(side) {
  const line = side && side.line;
  return line && line.groups.length ? line.groups[chosen.group % line.groups.length] : null;
}

/** Rewards of a group with their mean and sample deviation, and the axis they are drawn on. */
export function rewardsOf(group, critic) {
  const values = group.completions.map(c => num(c.reward.total));
  const mean = sum(values) / values.length;
  const deviation = Math.sqrt(sum(values.map(r => (r - mean) ** 2)) / Math.max(1, values.length - 1));
  const least = Math.min(0, ...values),
    most = Math.max(1, ...values);
  const pad = 0.06 * (most - least);
  const low = Math.min(least, mean - deviation) - pad,
    high = Math.max(most, mean + deviation) + pad;
  const at = value => (value - low) / (high - low);
  return { values, mean, deviation, least, most, at, critic, equal: values.every(r => r === values[0]) };
}

/** How far the ratio of a token may go before it pushes no further. */
export function clipRange(settings) {
  const cap = settings["objective.surrogate"];
  const low = settings["objective.clipLow"],
    high = settings["objective.clipHigh"];
  return ["clip", "two-sided", "dual-clip"].includes(cap) ? { low: 1 - low, high: 1 + high } : null;
}

/** A token as it is drawn: probabilities before and after, the ratio at every step and after the last. */
export function tokenOf(completion, t) {
  const before = num(completion.old_logp[t]),
    after = num(completion.after_logp[t]);
  const steps = completion.steps.filter(Boolean);
  return {
    id: completion.tokens[t],
    counts: completion.mask[t] !== 0,
    before: Math.exp(before),
    after: Math.exp(after),
    advantage: num(completion.advantages[t]),
    ratios: [...steps.map(step => num(step.ratio[t])), Math.exp(after - before)],
    clipped: steps.some(step => step.branch[t] !== "INSIDE")
  };
}

/** All tokens of a group that count. */
export function tokensOf(group) {
  return group.completions.flatMap((completion, place) =>
    completion.tokens.map((_, t) => ({ ...tokenOf(completion, t), place, t })).filter(token => token.counts)
  );
}

/** The push of a completion: the mean of its tokens' advantages, which a critic makes differ. */
export function pushOf(completion) {
  const counted = completion.advantages.filter((_, t) => completion.mask[t]).map(num);
  return counted.every(a => a === counted[0]) ? num(completion.advantage) : sum(counted) / counted.length;
}

/** The largest push, so that those of a group share a scale. */
export function mostAdvantage(group) {
  return Math.max(1e-9, ...group.completions.map(c => Math.abs(pushOf(c))));
}
