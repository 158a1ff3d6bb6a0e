/* The numbers of one update: as traced, as recomputed here, and as they would be. */

import { whatIf, whatIfActive } from "./changes.js";
import { routingOf, topExpert } from "./experts.js";
import { num, sameBits, ulps } from "./numbers.js";
import { CORE, recompute, safeExplain, tracedCompletions } from "./request.js";
import { view } from "./view.js";

/** Everything the page shows of an update's step. */
export function buildModel(run, line, step) {
  const model = { run, line, step, rows: new Map(), error: null, problem: null, checked: 0, differing: [], changes: 0 };
  model.hasReference = tracedCompletions(line).some(c => c.reference_logp);
  model.hasShares = tracedCompletions(line).some(c => c.gradient);
  model.blocks = Math.max(0, ...tracedCompletions(line).map(c => (c.routing || []).length));
  view.block = Math.min(view.block, Math.max(0, model.blocks - 1));
  for (const completion of tracedCompletions(line))
    model.rows.set(completion.row + "/0", tracedRow(completion, step, line));
  model.canRecompute = Boolean(CORE && run.what_if);
  if (model.canRecompute) {
    model.base = recompute(run, line, step, false);
    if (model.base.error) model.error = model.base.error;
    else compare(model);
    if (whatIfActive()) applyWhatIf(model);
  }
  return model;
}

function tracedRow(completion, step, line) {
  const s = completion.steps[step];
  const pick = (values, t) => (values ? num(values[t]) : NaN);
  return {
    key: completion.row + "/0",
    row: completion.row,
    copy: 0,
    completion,
    inStep: Boolean(s),
    reward: num(completion.reward.total),
    advantage: num(completion.advantage),
    tokens: completion.tokens.map((id, t) => ({
      ...experts(completion, t),
      index: t,
      id,
      counts: completion.mask[t] !== 0,
      before: Math.exp(num(completion.old_logp[t])),
      after: Math.exp(pick(completion.after_logp, t)),
      entropy: pick(completion.entropy, t),
      advantage: pick(completion.advantages, t),
      logit: pick(completion.logit_gradient_norm, t),
      share: completion.gradient ? pick(completion.gradient.token_share, t) : NaN,
      ratio: s ? num(s.ratio[t]) : NaN,
      branch: s ? s.branch[t] : "INSIDE",
      kl: s ? pick(s.kl, t) : NaN,
      weight: s ? num(s.weight[t]) : NaN,
      loss: s ? num(s.loss[t]) : NaN,
      coefficient: s ? num(s.coefficient[t]) : NaN
    }))
  };
}

function experts(completion, t) {
  const routing = routingOf(completion, t);
  return { routing, expert: topExpert(routing) };
}

const COMPARED = ["ratio", "kl", "weight", "loss", "coefficient"];

/** The core's numbers against the run's, to the last bit. */
function compare(model) {
  const check = (name, row, token, here, there) => {
    model.checked++;
    if (!sameBits(here, there)) model.differing.push({ name, row, token, here, there, ulps: ulps(here, there) });
  };
  const batch = model.line.batch;
  model.base.response.advantages.forEach((a, i) => check("advantage", i, null, a, batch.advantages[i]));
  for (const answer of model.base.response.rows) {
    const row = rowOfPlace(model.base.place, answer.row);
    const traced = model.rows.get(row + "/0");
    answer.tokens.forEach((t, k) => {
      const old = traced.tokens[k];
      if (!old.counts) return;
      for (const name of COMPARED) {
        if (name === "kl" && !model.hasReference) continue;
        check(name, row, k, t[name], old[name]);
      }
      check("branch", row, k, t.branch === old.branch ? 1 : 0, 1);
    });
  }
}

/**
 * The dead groups as the core decides them: of the run, or with the changes. Null where nothing is compared within a
 * group, so that there is no such number.
 */
export function deadGroups(model, changed) {
  if (changed && model.changed && whatIf.advantage.estimator !== "as-traced") {
    const { response, groups } = model.changed;
    return response.deadGroups && response.deadGroups.map(g => groups[g]);
  }
  const traced = model.line.batch.dead_groups;
  return traced ? traced.groups : null;
}

function rowOfPlace(place, index) {
  for (const [key, i] of place) if (i === index) return Number(key.split("/")[0]);
  return -1;
}

/** The numbers as they would be; each remembers what it was. */
function applyWhatIf(model) {
  const changed = recompute(model.run, model.line, model.step, true);
  if (changed.error) {
    model.problem = changed.error;
    return;
  }
  model.changed = changed;
  const rows = new Map();
  for (const [key, index] of changed.place) {
    const [row, copy] = key.split("/").map(Number);
    const was = model.rows.get(row + "/0");
    if (!was) continue;
    const answer = changed.response.rows.find(r => r.row === index);
    rows.set(key, whatIfRow(model, was, key, copy, answer, changed.response.advantages[index]));
  }
  model.before = model.rows;
  for (const [key, row] of model.rows) {
    if (!rows.has(key)) rows.set(key, { ...row, dropped: whatIf.dropped.has(row.row) });
  }
  model.rows = rows;
}

function whatIfRow(model, was, key, copy, answer, advantage) {
  const changes = (now, then) => {
    if (sameBits(now, then)) return undefined;
    model.changes++;
    return then;
  };
  const reward = whatIf.rewards.has(was.row) ? whatIf.rewards.get(was.row) : was.reward;
  return {
    ...was,
    key,
    copy,
    reward,
    advantage,
    was: { reward: changes(reward, was.reward), advantage: changes(advantage, was.advantage) },
    tokens: was.tokens.map((token, t) => {
      const now = answer && answer.tokens[t];
      if (!now || !token.counts) return token;
      const next = { ...token, was: {} };
      for (const name of [...COMPARED, "advantage"]) {
        if (name === "kl" && !Number.isFinite(now.kl)) continue;
        next[name] = num(now[name]);
        const old = changes(now[name], token[name]);
        if (old !== undefined && !(name === "kl" && !Number.isFinite(old))) next.was[name] = old;
      }
      next.branch = now.branch;
      if (now.branch !== token.branch) next.was.branch = token.branch;
      return next;
    })
  };
}

/** The explanation tree of a number from the core; null if it has none. */
export function explain(model, kind, key, token) {
  const source = model.changed || model.base;
  if (!model.canRecompute || !source || source.error) return null;
  return safeExplain(source.request, { kind, row: source.place.get(key), token });
}
