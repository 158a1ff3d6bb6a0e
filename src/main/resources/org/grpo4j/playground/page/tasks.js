/* What can be learned here, and what each task begins with. */

export const TASKS = [
  {
    id: "think-add",
    title: "Think, then add",
    text: "A prompt is 47+86=. The policy may write a thought in brackets, then the answer: [331]133. It begins with a cold start that imitates careless pupils; the reward asks for right answers only.",
    model: "transformer",
    coldStart: true,
    models: ["transformer"],
    prompt: "47+86=",
    longest: 9,
    settings: { "train.prompts": 16, "train.group_size": 8, "train.learning_rate": 0.0015, "train.warmup_updates": 5 }
  },
  {
    id: "few-sums",
    title: "Sixteen sums",
    text: "A prompt is 4+3=, the right answer is 7. A short cold start imitates a pupil who knows that the answer is a number below 20.",
    model: "table",
    prompt: "4+3=",
    longest: 3,
    heldOut: false,
    settings: {
      "cold_start.steps": 150,
      "cold_start.learning_rate": 0.1,
      "train.prompts": 8,
      "train.group_size": 8,
      "train.learning_rate": 0.05
    }
  },
  {
    id: "digit-sum-mod10",
    title: "Last digit of a sum",
    text: "A prompt is 3+8=, the right answer is 1. It begins from nothing: every symbol is as likely as any other.",
    model: "table",
    prompt: "3+8=",
    longest: 3,
    settings: {
      "train.prompts": 32,
      "train.group_size": 8,
      "train.learning_rate": 0.3,
      reward: "character-credit",
      "objective.entropyCoefficient": 0.02
    }
  }
];

export function taskOf(id) {
  return TASKS.find(task => task.id === id) || TASKS[0];
}

/** What a policy is made of. */
export const MODELS = [
  ["table", "A table of logits", "One row of numbers for every prefix: nothing is shared, everything can be seen."],
  ["transformer", "A small transformer", "One layer, 31,222 parameters, in plain Java."]
];

/** Rewards to choose from; an expression is typed. */
export const REWARDS = [
  ["correct", "right answer", "1 if the answer is right, 0 otherwise."],
  ["character-credit", "credit for each character", "The share of characters of the answer that are right."],
  ["last-digit", "a loophole: the last digit", "1 if the answer ends with the right digit."],
  ["answer-anywhere", "a loophole: anywhere", "1 if the right answer stands anywhere in the text."],
  [
    "thinking-length",
    "right, and a bonus for long thoughts",
    "1 for a right answer, and 0.1 for each token of the thought."
  ],
  ["expression", "an expression …", "Typed: numbers, right, length and the like."]
];

/** What is not paid for is measured all the same. */
const MEASURED = { name: "correct", weight: 0 };

const PARTS = {
  correct: () => [{ name: "correct", weight: 1 }],
  "character-credit": () => [{ name: "character-credit", weight: 1 }, MEASURED],
  "last-digit": () => [{ name: "last-digit", weight: 1 }, MEASURED],
  "answer-anywhere": () => [{ name: "answer-anywhere", weight: 1 }, MEASURED],
  "thinking-length": () => [
    { name: "correct", weight: 1 },
    { name: "thinking-length", weight: 0.1 }
  ],
  expression: text => [{ name: "expression", expression: text, weight: 1 }, MEASURED]
};

/** The parts of a reward, as experiment files have them. */
export function rewardParts(name, expression) {
  return Object.hasOwn(PARTS, name) ? PARTS[name](expression) : [{ name, weight: 1 }];
}
