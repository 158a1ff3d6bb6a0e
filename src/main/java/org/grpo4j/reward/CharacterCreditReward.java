package org.grpo4j.reward;

import org.grpo4j.declare.Kind;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;

/**
 * Credit per character: each character of the answer in its place earns a point and so does ending
 * at the right length; divided by the number of points there are.
 *
 * <p>For the answer {@code 11}: {@code 11} earns 3/3, {@code 12} 2/3, {@code 1} 1/3, and {@code
 * 115}, cut off, 2/3. Unlike the whole answer it rewards a policy that starts from random
 * parameters now and then.
 */
@Kind(
    value = CharacterCreditReward.NAME,
    description = "Credit for each character of the answer in its place, and for the right length.")
public final class CharacterCreditReward implements RewardFunction {

  /** The name in experiment files and of the reward's part. */
  public static final String NAME = "character-credit";

  @Override
  public Reward score(Problem problem, Completion completion) {
    String answer = problem.answer();
    String text = completion.text();
    int points = !completion.truncated() && text.length() == answer.length() ? 1 : 0;
    for (int i = 0; i < Math.min(answer.length(), text.length()); i++) {
      points += text.charAt(i) == answer.charAt(i) ? 1 : 0;
    }
    return Reward.of(NAME, points / (answer.length() + 1.0));
  }
}
