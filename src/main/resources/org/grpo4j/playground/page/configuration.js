/* The settings of a run as an experiment file, by the keys that such files have. */

import { COLUMNS, PARAMETERS } from "../../report/page/choices.js";
import { rewardParts } from "./tasks.js";

/** Where the settings of a column stand in a file. */
const SECTIONS = {
  estimator: ["advantage"],
  surrogate: ["objective", "surrogate"],
  ratioLevel: ["objective", "ratio_level"],
  aggregation: ["objective", "aggregation"]
};

/** The text of config.yaml. */
export function configuration(settings, name, updates) {
  const tree = {
    name,
    task: settings.task,
    seed: settings.seed,
    workers: 1,
    model: settings.model === "table" ? { kind: "table" } : { kind: "transformer", precision: "plain-float" },
    cold_start: { steps: 0 },
    train: { updates, ...section(settings, "train.") },
    advantage: {},
    objective: {}
  };
  for (const { side, name: column, list } of COLUMNS) {
    const kind = list.find(one => one.id === settings[`${side}.${column}`]);
    if (kind) put(tree, SECTIONS[column], kindOf(settings, side, kind));
  }
  parameters(tree.objective, settings, "objective", PARAMETERS);
  tree.objective.kl = tree.objective.kl.coefficient > 0 ? { kind: "loss", ...tree.objective.kl } : "none";
  critic(tree, settings);
  tree.reward = { parts: rewardParts(settings.reward, settings.expression).map(part) };
  tree.trace = { groups: 2, gradients_every: 0 };
  return yaml(tree, "");
}

/** The settings whose names begin so, without that. */
function section(settings, prefix) {
  const names = Object.keys(settings).filter(name => name.startsWith(prefix));
  return Object.fromEntries(names.map(name => [name.slice(prefix.length), settings[name]]));
}

function kindOf(settings, side, kind) {
  const tree = { kind: kind.id };
  parameters(tree, settings, side, kind.parameters);
  return tree;
}

/** What is "none" has no settings of its own; what has some says its kind among them. */
function parameters(tree, settings, side, list) {
  for (const { name, key } of list) {
    const value = settings[`${side}.${name}`];
    const path = key.split(".");
    const above = path.slice(0, -1).reduce((node, step) => node && node[step], tree);
    if (value === undefined || above === "none") continue;
    if (typeof above === "string") put(tree, path.slice(0, -1), { kind: above });
    put(tree, path, value);
  }
}

function put(tree, path, value) {
  const last = path[path.length - 1];
  const node = path.slice(0, -1).reduce((above, step) => (above[step] ??= {}), tree);
  node[last] = value;
}

function critic(tree, settings) {
  const { kind, gamma, lambda, whitening, value_coefficient, ...training } = section(settings, "critic.");
  tree.critic = "none";
  if (kind === "none") return;
  tree.advantage = { kind: "generalized", gamma, lambda, whitening };
  tree.critic = kind === "separate" ? { kind, ...training } : { kind, value_coefficient };
}

function part({ name, weight, expression }) {
  return { name: expression === undefined ? name : { kind: name, expression }, weight };
}

/** Lists and what stands in them in one line, as JSON, which YAML understands. */
function yaml(tree, indent) {
  return Object.entries(tree)
    .map(([key, value]) =>
      value && typeof value === "object" && !Array.isArray(value)
        ? `${indent}${key}:\n${yaml(value, indent + "  ")}`
        : `${indent}${key}: ${scalar(value)}\n`
    )
    .join("");
}

function scalar(value) {
  return typeof value === "string" && /^[a-z][\w-]*$/.test(value) ? value : JSON.stringify(value);
}
