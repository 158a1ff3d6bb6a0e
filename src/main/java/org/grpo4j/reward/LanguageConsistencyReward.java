package org.grpo4j.reward;

import org.grpo4j.declare.Kind;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.ThoughtAndAnswer;

/**
 * DeepSeek-R1's reward against mixed languages: the share of the thought that is written in the
 * wanted symbols, here {@link TaskSource#readableSymbols}. Without a thought, or cut off at the
 * limit, it is 0.
 */
@Kind(
    value = LanguageConsistencyReward.NAME,
    description = "The share of the thought that is written in the wanted symbols: DeepSeek-R1.")
public final class LanguageConsistencyReward implements RewardFunction {

  /** The name in experiment files and of the reward's part. */
  public static final String NAME = "language-consistency";

  private final TaskSource task;

  /** The symbols that {@code task} wants. */
  public LanguageConsistencyReward(TaskSource task) {
    this.task = task;
  }

  @Override
  public Reward score(Problem problem, Completion completion) {
    return Reward.of(NAME, share(task, problem, completion));
  }

  static double share(TaskSource task, Problem problem, Completion completion) {
    return completion.truncated()
        ? 0
        : ThoughtAndAnswer.of(completion.text()).shareIn(task.readableSymbols(problem));
  }
}
