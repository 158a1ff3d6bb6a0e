/* Algorithms as columns of settings: what each has otherwise than GRPO. */

import { wholeSettings } from "./settings.js";
import { taskOf } from "./tasks.js";

/** A divisor that is the longest completion of the task. */
const LONGEST = "longest";

export const ALGORITHMS = [
  { id: "grpo", title: "GRPO", text: "Compares the completions of a group; clips the ratio.", settings: {} },
  {
    id: "dr-grpo",
    title: "Dr. GRPO",
    text: "No division by the deviation, and every token weighs the same.",
    settings: {
      "advantage.scale": "none",
      "objective.aggregation": "sequence-mean-token-sum-norm",
      "objective.divisor": LONGEST
    }
  },
  {
    id: "dapo",
    title: "DAPO",
    text: "Clips higher above than below; averages over all tokens. Its dynamic sampling is not here.",
    settings: { "objective.clipHigh": 0.28, "objective.aggregation": "token-mean" }
  },
  {
    id: "rloo",
    title: "RLOO",
    text: "Compares with the mean of the others of the group.",
    settings: { "advantage.estimator": "leave-one-out", "objective.ratioLevel": "sequence-product" }
  },
  {
    id: "gspo",
    title: "GSPO",
    text: "One ratio for the whole completion.",
    settings: { "objective.ratioLevel": "sequence", "objective.clipLow": 3e-4, "objective.clipHigh": 4e-4 }
  },
  {
    id: "reinforce",
    title: "REINFORCE",
    text: "Compares with the mean of the whole batch; nothing is clipped.",
    settings: {
      "advantage.estimator": "batch-mean",
      "objective.surrogate": "reinforce",
      "objective.aggregation": "sequence-mean-token-sum"
    }
  },
  {
    id: "ppo",
    title: "PPO",
    text: "A critic says what to expect after each token; the push is what came on top.",
    settings: { "critic.kind": "separate", "objective.aggregation": "token-mean" }
  }
];

/** What it takes to go from any algorithm to this one: the settings in which algorithms differ. */
export function settingsOf(algorithm, { task }) {
  const names = new Set(ALGORITHMS.flatMap(one => Object.keys(one.settings)));
  const found = Object.entries({ ...pick(wholeSettings({ task }), names), ...algorithm.settings });
  const { longest } = taskOf(task);
  return Object.fromEntries(found.map(([name, value]) => [name, value === LONGEST ? longest : value]));
}

function pick(settings, names) {
  return Object.fromEntries([...names].map(name => [name, settings[name]]).filter(([, value]) => value !== undefined));
}

/** Whether settings are those of an algorithm, in all in which algorithms differ. */
export function isOf(algorithm, settings) {
  return Object.entries(settingsOf(algorithm, settings)).every(([name, value]) => settings[name] === value);
}
