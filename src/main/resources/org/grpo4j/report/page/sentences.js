/* What a number says, in a sentence. */

import { symbol } from "./dom.js";
import { expertSentence } from "./experts.js";
import { deadGroups } from "./model.js";
import { NUMBERS } from "./quantities.js";
import { view } from "./view.js";

export const SENTENCES = {
  reward: () => "What the verifier gave this completion. Nothing else is ever told to the policy.",
  advantage: c =>
    c.value === 0
      ? (deadGroups(view.model, true) || []).includes(view.line.batch.group_of_row[c.row.row])
        ? "All completions of this group have the same reward, so there is nothing to prefer."
        : "Neither better nor worse than what it is compared with."
      : c.value > 0
        ? "Better than what it is compared with: its tokens are to become more likely."
        : "Worse than what it is compared with: its tokens are to become less likely.",
  ratio: c =>
    c.value === 1
      ? "Exactly 1: the policy that is trained is still the one that wrote this token."
      : c.value > 1
        ? "The token is now more likely than when it was written."
        : "The token is now less likely than when it was written.",
  kl: () => "An estimate, from this one token, of how far the policy has moved from its reference.",
  weight: () => "How much this token counts in the loss. It depends on lengths and numbers only, not on the policy.",
  loss: () =>
    "This token's part of the loss before it is weighted. Its value says little; its slope, the coefficient, is what trains.",
  coefficient: c =>
    c.value === 0
      ? c.token && c.token.branch !== "INSIDE"
        ? "0, because the clip holds: this token has moved far enough and pushes no further."
        : "0: this token does not push at all."
      : c.value < 0
        ? "Negative: a step against the gradient makes this token more likely."
        : "Positive: a step against the gradient makes this token less likely.",
  before: () => "The probability the policy gave this token when it wrote it.",
  after: () => "The probability of the same token at the same place after the update.",
  change: c =>
    Math.abs(c.value) < 1e-4
      ? "Practically the same as before: the policy was sure of this token, or hardly anything pushed it."
      : c.value > 0
        ? "The token became more likely in this update."
        : c.value < 0
          ? "The token became less likely in this update."
          : "No change at all.",
  entropy: () => "How undecided the policy was at this place, over all symbols it could have written: −Σ π log π.",
  logit: () =>
    "How steeply the loss depends on the scores before the softmax at this place: |g| times the distance of the policy's distribution from this token.",
  share: c =>
    c.value < 0
      ? "This token pulls against what the batch as a whole decided."
      : "How much of the whole gradient this token accounts for. All shares of the update sum to 1.",
  expert: c => expertSentence(c.token)
};

export function shortName(kind) {
  return symbol(...NUMBERS[kind].short);
}

export function branchText(branch) {
  return (
    {
      CLIPPED_LOW: "Clipped: A < 0 and already less likely than the range allows. The advantage gives no gradient.",
      CLIPPED_HIGH: "Clipped: A > 0 and already more likely than the range allows. The advantage gives no gradient.",
      BOUNDED: "A second bound holds here."
    }[branch] || ""
  );
}
