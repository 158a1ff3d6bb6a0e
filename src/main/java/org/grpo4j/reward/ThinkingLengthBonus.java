package org.grpo4j.reward;

import org.grpo4j.declare.Kind;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;
import org.grpo4j.task.ThoughtAndAnswer;

/**
 * A flawed bonus: the number of tokens of the thought, whatever they say. Meant to encourage
 * thinking, it pays for padding. Used with a small weight beside {@link CorrectnessReward}; a
 * completion cut off at the limit gets none.
 */
@Kind(
    value = ThinkingLengthBonus.NAME,
    description = "Flawed on purpose: the number of tokens of the thought.")
public final class ThinkingLengthBonus implements RewardFunction {

  /** The name in experiment files and of the reward's part. */
  public static final String NAME = "thinking-length";

  @Override
  public Reward score(Problem problem, Completion completion) {
    int tokens = ThoughtAndAnswer.of(completion.text()).thought().length();
    return Reward.of(NAME, completion.truncated() ? 0 : tokens);
  }
}
