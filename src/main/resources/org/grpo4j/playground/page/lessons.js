/* The lessons: what to look at, a prediction to make first, the run, and the number that answers. */

import { brief, percent } from "../../report/page/numbers.js";
import { bySuccesses, clippedByEpoch, last, mean, mixedGroup, movedTokens, pairedDifference } from "./measures.js";

const SMALL = { task: "think-add", "train.prompts": 8, "train.group_size": 8 };

/**
 * {id, title, text, settings, compare, updates, question, choices, check}: `compare` are the settings in which a second
 * run differs; `check` of the runs gives the number, the sentence that holds it, and which choice it speaks for.
 */
export const LESSONS = [
  {
    id: "group",
    title: "What a group is",
    text: "The policy writes eight completions for one prompt. Nobody tells it what the right answer looks like; a rule only says which of the eight are right. GRPO compares the eight with each other.",
    settings: { ...SMALL, "train.learning_rate": 0.005, "train.warmup_updates": 0 },
    updates: 1,
    question: "After one step on this group, what becomes likelier?",
    choices: [
      "the tokens of the completions that were right",
      "the tokens of all eight",
      "only the answer's last digit"
    ],
    check([side]) {
      const { up, down } = movedTokens(mixedGroup(side));
      return {
        value: up - down,
        sentence: `The tokens of right completions are ${brief(Math.exp(up), 3)} times as likely as before, those of wrong ones ${brief(Math.exp(down), 3)} times.`,
        answer: up > down ? 0 : 1
      };
    }
  },
  {
    id: "deviation",
    title: "Why the deviation",
    text: "The advantage is the reward less the group's mean, divided by the group's standard deviation. A right answer is rare in a hard group and usual in an easy one.",
    settings: SMALL,
    updates: 12,
    lookAtAll: true,
    question: "A right answer that is the only one of eight, and one among six or seven: which is pushed harder?",
    choices: ["the only one", "the one among many", "both alike: a right answer is a right answer"],
    check([side]) {
      const found = bySuccesses(side);
      const easy = Math.max(...found.keys());
      const rare = found.get(1),
        usual = found.get(easy);
      return {
        value: rare,
        sentence: `The only right one of eight had advantage ${brief(rare, 3)}, one of ${easy} right ones ${brief(usual, 3)}. Divided by the deviation, the pushes of every group have the same size together, whether it is hard or easy.`,
        answer: rare > usual ? 0 : 1
      };
    }
  },
  {
    id: "dead",
    title: "A dead group",
    text: "If all rewards of a group are equal, nothing is better or worse than the mean: every advantage is 0, and the group teaches nothing. Run A has groups of 2, run B groups of 16.",
    settings: { ...SMALL, "train.group_size": 2, "train.prompts": 16 },
    compare: { "train.group_size": 16 },
    updates: 20,
    question: "At first about one answer in four is right. Where are more groups dead?",
    choices: ["in groups of 2", "in groups of 16", "equally often"],
    check([a, b]) {
      const small = mean(a, "frac_reward_zero_std"),
        large = mean(b, "frac_reward_zero_std");
      return {
        value: small - large,
        sentence: `${percent(small)} of the groups of 2 were dead, ${percent(large)} of the groups of 16. If all prompts were equally hard it would be pᴳ + (1−p)ᴳ.`,
        answer: small > large ? 0 : 1
      };
    }
  },
  {
    id: "clip",
    title: "The clip at work",
    text: "The same completions are used for four optimiser steps. The ratio compares the policy now with the one that wrote them; outside 0.8 to 1.2 a token pushes no further.",
    settings: { ...SMALL, "train.inner_epochs": 4, "train.learning_rate": 0.005 },
    updates: 8,
    question: "In which of the four steps are most tokens clipped?",
    choices: ["in the first", "in the last", "in all alike"],
    check([side]) {
      const shares = clippedByEpoch(side);
      return {
        value: shares.at(-1),
        sentence: `Clipped in each step: ${shares.map(share => percent(share)).join(", ")}. In the first the ratio is 1 by construction.`,
        answer: shares.at(-1) > shares[0] ? 1 : 0
      };
    }
  },
  {
    id: "kl",
    title: "KL's leash",
    text: "A penalty pulls the policy back to the reference policy, from which it started. Run A has a weak leash, β = 0.001, run B a strong one, β = 1.",
    settings: { ...SMALL, "objective.beta": 0.001 },
    compare: { "objective.beta": 1 },
    updates: 40,
    question: "What will the strong leash do?",
    choices: [
      "keep B closer to the reference, and slow its learning",
      "make B learn faster",
      "nothing: the reward decides"
    ],
    check([a, b]) {
      const weak = last(a, "kl", 5),
        strong = last(b, "kl", 5);
      return {
        value: weak - strong,
        sentence: `KL to the reference at the end: ${brief(weak, 3)} with the weak leash, ${brief(strong, 3)} with the strong one; reward ${brief(last(a, "reward", 5), 3)} and ${brief(last(b, "reward", 5), 3)}.`,
        answer: weak > strong ? 0 : 2
      };
    }
  },
  {
    id: "no-clip",
    title: "No clip, collapse",
    text: "Eight optimiser steps on the same completions. Run A clips the ratio, run B does not: a token may be pushed again and again, however far it has gone.",
    settings: { ...SMALL, "train.prompts": 16, "train.inner_epochs": 8, "train.learning_rate": 0.0015 },
    compare: { "objective.surrogate": "unclipped" },
    updates: 20,
    question: "What happens to run B?",
    choices: ["its reward collapses", "it learns faster: nothing holds it back", "much the same as run A"],
    check([a, b]) {
      const held = last(a, "reward", 5),
        free = last(b, "reward", 5);
      return {
        value: held - free,
        sentence: `Reward of the last five updates: ${brief(held, 3)} with the clip, ${brief(free, 3)} without. Dead groups: ${percent(last(a, "frac_reward_zero_std", 5))} and ${percent(last(b, "frac_reward_zero_std", 5))}. Eight steps are many even with the clip.`,
        answer: held - free > 0.1 ? 0 : free - held > 0.1 ? 1 : 2
      };
    }
  },
  {
    id: "hacking",
    title: "Reward hacking",
    text: "The reward has a loophole: it looks at the last digit of the answer only. The policy is told nothing else.",
    settings: { ...SMALL, "train.prompts": 16, reward: "last-digit" },
    updates: 40,
    question: "The reward will rise. What will the share of right answers do?",
    choices: ["rise just as far", "stay clearly below the reward", "fall to 0"],
    check([side]) {
      const paid = last(side, "reward", 10),
        right = last(side, "rewards/correct/mean", 10);
      return {
        value: paid - right,
        sentence: `In the last ten updates the reward was ${brief(paid, 3)}, but only ${percent(right)} of the answers were right. The curve of the reward alone does not show it.`,
        answer: right < 0.05 ? 2 : paid - right > 0.05 ? 1 : 0
      };
    }
  },
  {
    id: "ppo",
    title: "GRPO against PPO",
    text: "PPO has no group to compare with: a second model, the critic, says what reward to expect after each token. Run A is GRPO, run B is PPO; same start, same prompts, same draws.",
    settings: { ...SMALL, "train.prompts": 16 },
    compare: { "critic.kind": "separate", "objective.aggregation": "token-mean" },
    updates: 40,
    question: "Forty updates are few, and the critic begins knowing nothing. Which earns more at the end?",
    choices: ["GRPO", "PPO", "the two are close: less than 0.05 apart"],
    check([a, b]) {
      const difference = pairedDifference(a, b, 10);
      return {
        value: difference,
        sentence: `Reward of PPO less that of GRPO, mean of the last ten updates: ${brief(difference, 3)}. One seed shows what can happen, not what usually does.`,
        answer: Math.abs(difference) < 0.05 ? 2 : difference < 0 ? 0 : 1
      };
    }
  }
];
