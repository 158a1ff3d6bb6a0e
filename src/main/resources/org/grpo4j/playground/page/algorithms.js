/* Algorithms as columns of settings: what each has otherwise than GRPO. */

export const ALGORITHMS = [
  { id: "grpo", title: "GRPO", text: "Compares the completions of a group; clips the ratio.", settings: {} },
  {
    id: "dr-grpo",
    title: "Dr. GRPO",
    text: "No division by the deviation, and every token weighs the same.",
    settings: {
      "advantage.scale": "none",
      "objective.aggregation": "sequence-mean-token-sum-norm",
      "objective.divisor": 9
    }
  },
  {
    id: "dapo",
    title: "DAPO",
    text: "Clips higher above than below; averages over tokens.",
    settings: { "objective.clipHigh": 0.28, "objective.aggregation": "token-mean" }
  },
  {
    id: "rloo",
    title: "RLOO",
    text: "Compares with the mean of the others of the group.",
    settings: { "advantage.estimator": "leave-one-out" }
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
    settings: { "advantage.estimator": "batch-mean", "objective.surrogate": "reinforce" }
  },
  {
    id: "ppo",
    title: "PPO",
    text: "A critic says what to expect after each token; the push is what came on top.",
    settings: { "critic.kind": "separate", "objective.aggregation": "token-mean" }
  }
];
