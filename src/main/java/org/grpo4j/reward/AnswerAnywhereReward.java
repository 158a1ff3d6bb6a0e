package org.grpo4j.reward;

import org.grpo4j.declare.Kind;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;

/**
 * A flawed verifier: 1 if the right answer stands anywhere in the text, thought included. Writing
 * several guesses one after the other satisfies it.
 */
@Kind(
    value = AnswerAnywhereReward.NAME,
    description = "Flawed on purpose: 1 if the right answer stands anywhere in the text.")
public final class AnswerAnywhereReward implements RewardFunction {

  /** The name in experiment files and of the reward's part. */
  public static final String NAME = "answer-anywhere";

  @Override
  public Reward score(Problem problem, Completion completion) {
    boolean found = completion.text().contains(problem.answer());
    return Reward.of(NAME, found && !completion.truncated() ? 1 : 0);
  }
}
