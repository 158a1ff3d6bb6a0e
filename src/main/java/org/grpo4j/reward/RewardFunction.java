package org.grpo4j.reward;

import org.grpo4j.declare.Kinds;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;

/** Scores a completion by rule. Must be a pure function: same completion, same reward. */
@Kinds({
  CorrectnessReward.class,
  CharacterCreditReward.class,
  LanguageConsistencyReward.class,
  ReadableReward.class,
  LastDigitReward.class,
  AnswerAnywhereReward.class,
  ThinkingLengthBonus.class,
  ExpressionReward.class
})
@FunctionalInterface
public interface RewardFunction {

  /** The reward of {@code completion} as an answer to {@code problem}. */
  Reward score(Problem problem, Completion completion);
}
