package org.grpo4j.reward;

import org.grpo4j.declare.Kind;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;

/**
 * The verifier: 1 if the completion solves the problem, else 0. A completion that was cut off at
 * the limit is wrong, whatever it says: the policy has not said that this is its answer.
 */
@Kind(
    value = CorrectnessReward.NAME,
    description = "1 if the completion solves the problem, else 0.")
public final class CorrectnessReward implements RewardFunction {

  /** The name in experiment files and of the reward's part. */
  public static final String NAME = "correct";

  private final TaskSource task;

  /** The verifier of {@code task}. */
  public CorrectnessReward(TaskSource task) {
    this.task = task;
  }

  @Override
  public Reward score(Problem problem, Completion completion) {
    double correct = isCorrect(task, problem, completion) ? 1 : 0;
    return Reward.of(NAME, correct);
  }

  /** True if {@code completion} ended by itself and solves {@code problem}. */
  public static boolean isCorrect(TaskSource task, Problem problem, Completion completion) {
    return !completion.truncated() && task.isCorrect(problem, completion.text());
  }
}
