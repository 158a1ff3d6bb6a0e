/* The numbers of one update: as traced, as recomputed here, and as they would be. */

/** The core that trained the run, compiled to JavaScript; null where a build has none. */
const CORE = typeof grpo4j === "object" && grpo4j && grpo4j.evaluate ? grpo4j : null;

const WHATIF = {
  advantage: {},
  objective: {},
  rewards: new Map(),
  dropped: new Set(),
  copies: new Map(),
  epochs: null
};

function resetWhatIf() {
  WHATIF.advantage = {};
  WHATIF.objective = {};
  WHATIF.rewards.clear();
  WHATIF.dropped.clear();
  WHATIF.copies.clear();
  WHATIF.epochs = null;
}

function whatIfActive() {
  return Boolean(
    Object.keys(WHATIF.advantage).length ||
      Object.keys(WHATIF.objective).length ||
      WHATIF.rewards.size ||
      WHATIF.dropped.size ||
      WHATIF.copies.size ||
      WHATIF.epochs !== null
  );
}

/** The run's settings as the core takes them, with the changes; a controller may have moved two of them. */
function effectiveSettings(run, line, changed) {
  const own = { advantage: run.what_if.advantage, objective: { ...run.what_if.objective } };
  const moved = line.coefficients || {};
  if (own.objective.beta !== undefined && Number.isFinite(num(moved.kl))) own.objective.beta = num(moved.kl);
  if (Number.isFinite(num(moved.entropy))) own.objective.entropyCoefficient = num(moved.entropy);
  if (!changed) return own;
  return { advantage: { ...own.advantage, ...WHATIF.advantage }, objective: { ...own.objective, ...WHATIF.objective } };
}

/** The completions one computes with: {row, copy}, in the order of the request. */
function entities(line, changed) {
  const list = [];
  for (let row = 0; row < line.batch.rewards.length; row++) {
    if (changed && WHATIF.dropped.has(row)) continue;
    list.push({ row, copy: 0 });
    if (changed) for (let k = 1; k <= (WHATIF.copies.get(row) || 0); k++) list.push({ row, copy: k });
  }
  return list;
}

function tracedCompletions(line) {
  return line.groups.flatMap(group => group.completions);
}

/** current log-probabilities of a completion at a step, or as if after k updates like this one. */
function currentLogProbs(completion, step, changed) {
  const old = completion.old_logp.map(num);
  if (changed && WHATIF.epochs !== null) {
    const after = completion.after_logp.map(num);
    return old.map((o, t) => Math.min(0, o + WHATIF.epochs * (after[t] - o)));
  }
  return completion.steps[step].current_logp.map(num);
}

/** What the estimator is given: the score, less a divergence penalty if that is in the reward. */
function rewardForAdvantage(batch, row, changed) {
  const given = num((batch.advantage_rewards || batch.rewards)[row]);
  return changed && WHATIF.rewards.has(row) ? given + (WHATIF.rewards.get(row) - num(batch.rewards[row])) : given;
}

/** The request to the core for one optimiser step; the advantages always come from the whole batch. */
function coreRequest(run, line, step, changed) {
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
  if (batch.greedy_rewards) request.greedyRewards = list.map(e => num(batch.greedy_rewards[e.row]));
  for (const completion of tracedCompletions(line)) {
    if (!completion.steps[step]) continue;
    for (const e of list) {
      if (e.row === completion.row)
        request.rows.push(coreRow(completion, place.get(e.row + "/" + e.copy), step, changed));
    }
  }
  return { request, place };
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
  if (completion.token_weights) row.tokenWeights = completion.token_weights.map(num);
  return row;
}

function recompute(run, line, step, changed) {
  const { request, place } = coreRequest(run, line, step, changed);
  try {
    const response = CORE.evaluate(request);
    return response.error ? { error: response.error } : { request, response, place };
  } catch (problem) {
    return { error: String(problem && problem.message ? problem.message : problem) };
  }
}

/** Everything the page shows of an update's step. */
function buildModel(run, line, step) {
  const model = { run, line, step, rows: new Map(), error: null, problem: null, checked: 0, differing: [], changes: 0 };
  model.hasReference = tracedCompletions(line).some(c => c.reference_logp);
  model.hasShares = tracedCompletions(line).some(c => c.gradient);
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
    if (!rows.has(key)) rows.set(key, { ...row, dropped: WHATIF.dropped.has(row.row) });
  }
  model.rows = rows;
}

function whatIfRow(model, was, key, copy, answer, advantage) {
  const changes = (now, then) => {
    if (sameBits(now, then)) return undefined;
    model.changes++;
    return then;
  };
  const reward = WHATIF.rewards.has(was.row) ? WHATIF.rewards.get(was.row) : was.reward;
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
function explain(model, kind, key, token) {
  const source = model.changed || model.base;
  if (!model.canRecompute || !source || source.error) return null;
  return safeExplain(source.request, { kind, row: source.place.get(key), token });
}

function safeExplain(request, what) {
  try {
    const tree = CORE.explain(request, what);
    return tree && !tree.error ? tree : null;
  } catch (problem) {
    return null;
  }
}
