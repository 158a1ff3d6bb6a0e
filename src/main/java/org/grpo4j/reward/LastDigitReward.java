package org.grpo4j.reward;

import org.grpo4j.declare.Kind;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;

/**
 * A flawed verifier: 1 if the answer ends with the right digit. Adding only the last column is
 * enough for it, so the policy ends up doing just that: the reward rises and the true accuracy
 * falls (Goodhart's law).
 */
@Kind(
    value = LastDigitReward.NAME,
    description = "Flawed on purpose: 1 if the answer ends with the right digit.")
public final class LastDigitReward implements RewardFunction {

  /** The name in experiment files and of the reward's part. */
  public static final String NAME = "last-digit";

  private final TaskSource task;

  /** The flawed verifier of {@code task}. */
  public LastDigitReward(TaskSource task) {
    this.task = task;
  }

  @Override
  public Reward score(Problem problem, Completion completion) {
    String answer = task.answerOf(problem, completion.text());
    String right = problem.answer();
    boolean sameEnd =
        !answer.isEmpty() && answer.charAt(answer.length() - 1) == right.charAt(right.length() - 1);
    return Reward.of(NAME, sameEnd && !completion.truncated() ? 1 : 0);
  }
}
