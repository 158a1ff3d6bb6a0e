package org.grpo4j.reward;

import org.grpo4j.declare.Kind;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;

/**
 * The form: 1 if the completion has a thought and all of it is written in {@link
 * TaskSource#readableSymbols}, else 0, whatever it says. A completion cut off at the limit earns 0,
 * and so does every one where the task does not ask for it.
 */
@Kind(
    value = ReadableReward.NAME,
    description = "1 if there is a thought and all of it is in the wanted symbols, else 0.")
public final class ReadableReward implements RewardFunction {

  /** The name in experiment files and of the reward's part. */
  public static final String NAME = "readable";

  private final TaskSource task;

  /** The form that {@code task} asks for. */
  public ReadableReward(TaskSource task) {
    this.task = task;
  }

  @Override
  public Reward score(Problem problem, Completion completion) {
    return Reward.of(NAME, isReadable(task, problem, completion) ? 1 : 0);
  }

  /** True if {@code completion} ended by itself and has a thought, all in the wanted symbols. */
  public static boolean isReadable(TaskSource task, Problem problem, Completion completion) {
    return LanguageConsistencyReward.share(task, problem, completion) == 1;
  }
}
