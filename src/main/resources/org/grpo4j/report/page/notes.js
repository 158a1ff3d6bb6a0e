/* What learners stumble over, each note attached to the number that raises the question. */

import { h } from "./dom.js";
import { actions } from "./view.js";

/** The title of each note, and its paragraphs. */
const NOTES = {
  loss: [
    "Why is the loss about 0, and is that bad?",
    "In the first pass over fresh completions every ratio is exactly 1, so each completion contributes minus its advantage, and the advantages of a group sum to 0. With every completion weighing the same the policy's part of the loss is 0 up to rounding, in every update, however well or badly training goes.",
    "Its gradient is not 0: completions with a positive advantage are made more likely, the others less. A loss that rises later usually means that the KL term grows as the policy leaves its reference. Look at reward and held-out accuracy for progress, not at the loss."
  ],
  ratio: [
    "Why is the ratio 1?",
    "The ratio compares the policy that is being trained with the one that wrote the completion. With one pass over each batch (one inner epoch, one mini-batch) these are the same policy, so the ratio is 1 by construction and nothing can be clipped.",
    "Its derivative is not 0: d ρ / d log π = ρ = 1. That is what the gradient flows through. Train with several inner epochs, or try the slider “as if after k updates like this one” under What if, to see ratios move."
  ],
  clip: [
    "When does the clip act?",
    "Clipping needs a ratio outside the range, and the ratio leaves 1 only after the first optimiser step on the same completions. With one inner epoch the clip range has no effect at all.",
    "Only two of four corners are clipped: A > 0 with the ratio above the range (enough already), and A < 0 with the ratio below it. A token that moved the wrong way is always pulled back."
  ],
  dead: [
    "What is a dead group?",
    "If all completions of a prompt get the same reward, none is better than the others: every advantage is 0 and the group teaches nothing (a KL or entropy term still acts on it). All right counts as much as all wrong.",
    "If every prompt were solved with the same probability p, a share pᴳ + (1−p)ᴳ of groups of size G would be dead. Prompts differ in difficulty, so the real share lies above that. It grows again at the end of training, when most prompts are always solved."
  ],
  identical: [
    "All completions of the group are the same",
    "Then they have the same reward, and the group is dead. One such group is normal when the policy is sure of its answer. If all groups of an early update look like this, sampling is broken: a seed that is reused, a cache, a temperature of nearly 0."
  ],
  versions: [
    "Old, current and reference policy: which is which?",
    "The old policy wrote the completions of this update; it is frozen for the length of the update and is the bottom of the ratio. The current policy is the one that is trained: it starts equal to the old one and moves with every optimiser step.",
    "The reference policy is older still, usually where training began. It appears only in the KL term, which keeps the current policy from drifting far. Without a KL term there is none."
  ],
  interval: [
    "How sure is this accuracy?",
    "It is the share of right answers among a limited number of held-out problems, so it has an interval: the 95 % Wilson interval, which is right also near 0 and 1. It covers the choice of problems, not the choice of seed. Two runs that differ by less than their intervals have not been shown to differ; compare seeds for that.",
    "The reward curve is something else: answers sampled at the training temperature to training problems, each measured by the policy before its update."
  ],
  reward: [
    "What the reward curve shows",
    "The mean reward of the completions each update samples, at the temperature of training and on training problems. With the verifier that knows right and wrong only, it is the share of right answers."
  ],
  length: [
    "Length, and what the aggregation does to it",
    "When each completion's tokens are averaged first (the paper's form), a token of a long completion weighs less than one of a short completion. A wrong answer is then punished less per token if it is long. Averaging over all tokens, or dividing by a constant, removes that. Try the aggregation under What if and watch the weight of a token.",
    "Length grows on its own if longer thinking pays, which is what happens in this task."
  ],
  coefficient: [
    "All the network ever sees",
    "Rewards, advantages, ratios, clips and weights end in one number for each token, g = ∂L/∂log π. The gradient of all parameters is the sum of g times the gradient of that token’s log-probability. Two algorithms that agree in these numbers train in the same way.",
    "In the first pass the coefficients of a completion are all alike, minus advantage times weight: GRPO cannot tell which token of a right answer was the good one. The network does the rest, because a token that was certain anyway hardly moves."
  ],
  weight: [
    "What the weight of a token is",
    "The loss is a weighted sum over tokens. In the paper's form a token weighs 1/(N·nᵢ): N completions, nᵢ tokens in this one. So short and long completions count the same, and a token of a long completion counts less. Other aggregations weigh all tokens alike; see What if."
  ],
  entropy: [
    "What entropy says",
    "The entropy of the policy's own distribution over the next symbol, computed exactly and averaged over tokens; 0 means that it is certain. It falls as the policy makes up its mind. If it reaches 0 early, all completions of a group are alike, groups go dead and learning ends."
  ],
  kl: [
    "Which KL is this?",
    "An estimate from single sampled tokens, not the KL divergence itself. With x = log π − log π_ref, k1 = x is unbiased but may be negative, k3 = e⁻ˣ + x − 1 is unbiased and never negative. GRPO uses k3 in the loss.",
    "An unbiased value does not make an unbiased gradient: k1 in the loss has expected gradient 0."
  ],
  gradient: [
    "Length of the gradient",
    "The norm of the gradient over all parameters before it is clipped to its limit. It says how much the batch disagrees with the policy. It shrinks with fewer live groups and is not a measure of progress."
  ],
  share: [
    "What the gradient share of a token is",
    "Each token's own gradient in parameter space, projected on the whole gradient and divided by its squared length. Over all tokens of the update the shares sum to 1. A negative share means that this token pulled against what the batch as a whole decided."
  ],
  deviation: [
    "Divide by the standard deviation, or not?",
    "Dividing makes every live group weigh about the same: a prompt that is solved once in eight moves the policy as much as one that is solved four times. Without it (Dr. GRPO) such prompts keep their natural, smaller weight.",
    "Sample deviation divides by G − 1, population deviation by G. Papers rarely say which. The small ε keeps the division finite; it does not make dead groups live: they are found by comparing rewards."
  ],
  mask: [
    "Which tokens count?",
    "Those the policy wrote, the end symbol included: the policy has to learn to stop. Prompt and padding never count. Tokens that do not count are drawn hollow and dashed; they have no loss and no gradient."
  ],
  sampler: [
    "Two log-probabilities for the same token?",
    "One was noted when the token was drawn, the other when the completion was scored. They must agree if both use the same temperature and the same network. A gap here would mean that the ratio is not 1 even before the first step, a mistake that is easily hidden."
  ],
  truncated: [
    "Cut off by the limit",
    "A completion that reaches the limit of length before its end symbol is usually wrong and gets reward 0 without any further sign. If many are cut off, the limit is too short, or the policy has forgotten how to stop."
  ],
  critic: [
    "What the critic explains",
    "1 minus the variance of what the critic missed over the variance of the returns. 1 is perfect; 0 is as good as a constant; below 0 is worse than that."
  ],
  change: [
    "What happened to the probability",
    "The probability of this very token, at this very place, before and after the update. It moves by the token's own coefficient and by all others, for the parameters are shared: a token can become more likely although its own advantage is negative."
  ],
  whatif: [
    "What is recomputed, and what is not",
    "Advantages, ratios, clip branches, KL terms, weights, losses and coefficients are computed here by the same Java classes that trained the run, compiled to JavaScript. Log-probabilities are those of the run: nothing is trained again.",
    "“As if after k updates like this one” takes log π = log π_old + k · (log π_after − log π_old) for every token that is shown: a straight line through what this update did. It is an illustration of ratios and clipping, not a prediction."
  ],
  greedy: [
    "Greedy answers before and after",
    "What the policy writes if it always takes the most likely symbol, before and after this one update. Often it stays the same: one update moves probabilities a little, and the most likely symbol changes only when two were close."
  ],
  experts: [
    "What the experts of a token say",
    "In each block a router scores small feed-forward networks, the experts, for every token, and the token goes through a few of them, weighted by gate weights that sum to 1. The probabilities are those of the forward pass that the first optimiser step learnt from, whose parameters are the old policy's.",
    "The load is the share of the update's tokens that went through an expert; evenly loaded ones have k/E each. An expert that no token goes through is dead: it gets no gradient, and without something that balances the load nothing brings it back."
  ],
  blocks: [
    "Gradient and change are not proportional",
    "Adam divides each parameter's averaged gradient by the root of its averaged square, so a block with a small gradient may move as far as one with a large gradient. The last column sets the change against the length of the block's parameters."
  ]
};

/** A small button with a question mark that shows a note in the panel. */
export function noteButton(key) {
  if (!NOTES[key]) return null;
  const [title] = NOTES[key];
  const click = () => actions.showNote(key);
  return h("button.note-button", { "aria-label": "Note: " + title, title, data: { note: key }, click }, "?");
}

/** A note, under a heading of the level that its place has. */
export function noteText(key, heading = "h4") {
  const [title, ...paragraphs] = NOTES[key];
  const text = paragraphs.map(p => h("p", p));
  return h("div.note", { testid: "note", data: { note: key } }, h(heading, title), text);
}
