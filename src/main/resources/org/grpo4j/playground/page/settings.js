/* The settings of a run as flat names, their defaults, and what is made of them for the engine and for the page. */

import { COLUMNS, PARAMETERS } from "../../report/page/choices.js";
import { rewardParts, taskOf } from "./tasks.js";

/** Changing one of these means another run; all others act from the next update on. */
export const AT_THE_START = ["task", "model", "seed"];

const DEFAULTS = {
  task: "think-add",
  model: "transformer",
  seed: 1,
  "train.prompts": 32,
  "train.group_size": 8,
  "train.temperature": 1,
  "train.inner_epochs": 1,
  "train.mini_batches": 1,
  "train.learning_rate": 0.0015,
  "train.warmup_updates": 0,
  "train.max_gradient_norm": 1,
  "train.reference_refresh_every": 0,
  "advantage.estimator": "group-relative",
  "objective.surrogate": "clip",
  "objective.ratioLevel": "token",
  "objective.aggregation": "sequence-mean-token-mean",
  "objective.beta": 0,
  "critic.kind": "none",
  "critic.learning_rate": 0.003,
  "critic.warmup_updates": 5,
  "critic.max_gradient_norm": 1,
  "critic.gamma": 1,
  "critic.lambda": 1,
  "critic.whitening": "batch",
  "critic.value_coefficient": 0.5,
  "cold_start.steps": 0,
  "cold_start.batch_size": 64,
  "cold_start.corpus_size": 20000,
  "cold_start.learning_rate": 0.006,
  "cold_start.warmup_steps": 20,
  "cold_start.final_learning_rate_fraction": 0.1,
  "cold_start.max_gradient_norm": 1,
  reward: "correct",
  expression: "right - 0.02 * length"
};

/** A sort of policy that a task does not begin with needs rates of its own. */
const OF_MODELS = {
  table: { "train.learning_rate": 0.1, "cold_start.learning_rate": 0.1 },
  transformer: { "train.learning_rate": 0.0015, "cold_start.learning_rate": 0.006 }
};

/** Everything a run of this task begins with, and the changes. */
export function wholeSettings(changes) {
  const task = taskOf(changes.task || DEFAULTS.task);
  const model = changes.model || task.model;
  const other = model === task.model ? {} : OF_MODELS[model];
  return withKinds({ ...DEFAULTS, task: task.id, model, ...task.settings, ...other, ...changes });
}

/** The settings with the defaults of whatever their kinds need, and of every objective. */
export function withKinds(settings) {
  const whole = { ...settings };
  const need = (side, parameter) => {
    if (parameter.default !== undefined) whole[`${side}.${parameter.name}`] ??= parameter.default;
  };
  for (const { side, name, list } of COLUMNS) {
    const kind = list.find(one => one.id === whole[`${side}.${name}`]);
    for (const parameter of kind ? kind.parameters : []) need(side, parameter);
  }
  for (const parameter of PARAMETERS) need("objective", parameter);
  return whole;
}

const ADAM = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8 };

/** The end of a schedule; nobody needs to wait for it. */
const UPDATES = 1000000;

/** As the engine takes them: sections of names. */
export function forEngine(settings) {
  const nested = { name: "playground", train: {}, advantage: {}, objective: {}, critic: {}, cold_start: {} };
  for (const [name, value] of Object.entries(settings)) {
    const [section, key] = name.split(".");
    if (key) nested[section][key] = value;
    else nested[section] = value;
  }
  delete nested.expression;
  Object.assign(nested.train, { updates: UPDATES, adam: ADAM });
  nested.critic.adam = ADAM;
  nested.cold_start.adam = { ...ADAM, beta2: 0.99 };
  nested.reward = { parts: rewardParts(settings.reward, settings.expression) };
  return nested;
}

/** As the recomputing core takes them; a critic's advantages are taken as they are. */
export function forCore(settings) {
  const { advantage, objective } = forEngine(settings);
  return { advantage: settings["critic.kind"] === "none" ? advantage : { estimator: "as-traced" }, objective };
}

/** The names under which the report's components look for a few of them. */
export function forReport(settings) {
  const parts = rewardParts(settings.reward, settings.expression);
  return {
    ...settings,
    "reward.parts[0].name": parts[0].name,
    "reward.parts[0].weight": parts[0].weight,
    "reward.parts[1].name": parts[1] && parts[1].name
  };
}

/** What differs from another set of settings: {name: value}. */
export function difference(settings, from) {
  return Object.fromEntries(Object.entries(settings).filter(([name, value]) => from[name] !== value));
}

/** The part of a difference that says it all: what follows from the rest of it is left out. */
export function essence(settings, from) {
  const own = difference(settings, from);
  for (const name of Object.keys(own)) {
    const { [name]: value, ...others } = own;
    if (wholeSettings({ ...from, ...others })[name] === value) delete own[name];
  }
  return own;
}

/** All settings that there are, with a value that each may have. */
export function knownSettings() {
  const known = new Map(Object.entries(wholeSettings({})));
  for (const { side, list } of COLUMNS)
    for (const { name, default: value } of list.flatMap(kind => kind.parameters))
      known.set(`${side}.${name}`, value ?? 1);
  return known;
}
