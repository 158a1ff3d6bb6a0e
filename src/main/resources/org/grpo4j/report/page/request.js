/* What the core is asked, and how. */

import { whatIf } from "./changes.js";
import { unknownSetting, whole } from "./choices.js";
import { num } from "./numbers.js";

/** The core that trained the run, compiled to JavaScript; null where a build has none. */
export const CORE = typeof grpo4j === "object" && grpo4j && grpo4j.evaluate ? grpo4j : null;

/** The run's settings as the core takes them, with the changes; a controller may have moved two of them. */
function effectiveSettings(run, line, changed) {
  const own = { advantage: run.what_if.advantage, objective: { ...run.what_if.objective } };
  const moved = line.coefficients || {};
  if (own.objective.beta > 0 && Number.isFinite(num(moved.kl))) own.objective.beta = num(moved.kl);
  if (Number.isFinite(num(moved.entropy))) own.objective.entropyCoefficient = num(moved.entropy);
  if (!changed) return own;
  const settings = {
    advantage: { ...own.advantage, ...whatIf.advantage },
    objective: { ...own.objective, ...whatIf.objective }
  };
  return whole(settings, line);
}

/** The completions one computes with: {row, copy}, in the order of the request. */
export function entities(line, changed) {
  const list = [];
  for (let row = 0; row < line.batch.rewards.length; row++) {
    if (changed && whatIf.dropped.has(row)) continue;
    list.push({ row, copy: 0 });
    if (changed) for (let k = 1; k <= (whatIf.copies.get(row) || 0); k++) list.push({ row, copy: k });
  }
  return list;
}

export function tracedCompletions(line) {
  return line.groups.flatMap(group => group.completions);
}

/** current log-probabilities of a completion at a step, or as if after k updates like this one. */
function currentLogProbs(completion, step, changed) {
  const old = completion.old_logp.map(num);
  if (changed && whatIf.epochs !== null) {
    const after = completion.after_logp.map(num);
    return old.map((o, t) => Math.min(0, o + whatIf.epochs * (after[t] - o)));
  }
  return completion.steps[step].current_logp.map(num);
}

function scoreOf(batch, row, changed) {
  return changed && whatIf.rewards.has(row) ? whatIf.rewards.get(row) : num(batch.rewards[row]);
}

/** What the estimator is given: the score, less a KL penalty if that is in the reward. */
function rewardForAdvantage(batch, row, changed) {
  const score = scoreOf(batch, row, changed);
  if (!batch.advantage_rewards) return score;
  const given = num(batch.advantage_rewards[row]);
  return changed && whatIf.rewards.has(row) ? given + (score - num(batch.rewards[row])) : given;
}

/** The request to the core for one optimiser step; the advantages always come from the whole batch. */
export function coreRequest(run, line, step, changed) {
  const list = entities(line, changed);
  const place = new Map(list.map((e, i) => [e.row + "/" + e.copy, i]));
  const inStep = line.steps[step].rows ? new Set(line.steps[step].rows) : null;
  const batch = line.batch;
  const groups = new Map();
  const groupOf = row => {
    const g = batch.group_of_row[row];
    if (!groups.has(g)) groups.set(g, groups.size);
    return groups.get(g);
  };
  const request = {
    settings: effectiveSettings(run, line, changed),
    rewards: list.map(e => rewardForAdvantage(batch, e.row, changed)),
    groupOfRow: list.map(e => groupOf(e.row)),
    lossTokens: list.map(e => batch.loss_tokens[e.row]),
    advantages: list.map(e => num(batch.advantages[e.row])),
    rows: []
  };
  if (inStep) request.miniBatch = inStepOrder(line.steps[step].rows, list);
  if (batch.advantage_rewards) request.scores = list.map(e => scoreOf(batch, e.row, changed));
  if (batch.greedy_rewards) request.greedyRewards = list.map(e => num(batch.greedy_rewards[e.row]));
  for (const completion of tracedCompletions(line)) {
    if (!completion.steps[step]) continue;
    for (const e of list) {
      if (e.row === completion.row)
        request.rows.push(coreRow(completion, place.get(e.row + "/" + e.copy), step, changed));
    }
  }
  return { request, place, groups: [...groups.keys()] };
}

/** The places of a mini-batch's rows, in its own order, copies after their originals. */
function inStepOrder(rows, list) {
  return rows.flatMap(row => list.map((e, i) => (e.row === row ? i : -1)).filter(i => i >= 0));
}

function coreRow(completion, place, step, changed) {
  const row = {
    row: place,
    mask: completion.mask,
    oldLogProbs: completion.old_logp.map(num),
    logProbs: currentLogProbs(completion, step, changed),
    advantages: completion.advantages.map(num)
  };
  // Where a run kept no reference policy, the old policy takes its place in "what if".
  const reference = completion.reference_logp || (changed ? completion.old_logp : null);
  if (reference) row.referenceLogProbs = reference.map(num);
  if (completion.entropy) row.entropies = completion.entropy.map(num);
  if (completion.importance_weights) row.importanceWeights = completion.importance_weights.map(num);
  const traced = completion.steps[step];
  if (traced.token_weights) row.tokenWeights = traced.token_weights.map(num);
  if (traced.kl_weights) row.klWeights = traced.kl_weights.map(num);
  return row;
}

export function recompute(run, line, step, changed) {
  const unknown = changed && unknownSetting(whatIf);
  if (unknown) return { error: unknown };
  const { request, place, groups } = coreRequest(run, line, step, changed);
  try {
    const response = CORE.evaluate(request);
    return response.error ? { error: response.error } : { request, response, place, groups };
  } catch (problem) {
    return { error: String(problem && problem.message ? problem.message : problem) };
  }
}

export function safeExplain(request, what) {
  try {
    const tree = CORE.explain(request, what);
    return tree && !tree.error ? tree : null;
  } catch (problem) {
    return null;
  }
}
