package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kinds;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;

/**
 * From rewards to advantages: how much better than expected each token of each completion was. The
 * first of the five columns that make up an algorithm.
 *
 * <p>Advantages are constants for the objective: no gradient flows through them.
 */
@Kinds({
  GroupRelativeAdvantage.class,
  RawRewardAdvantage.class,
  BatchMeanAdvantage.class,
  LeaveOneOutAdvantage.class,
  GreedyBaselineAdvantage.class,
  PositiveOnlyAdvantage.class,
  ReinforcePlusPlusAdvantage.class,
  TokenReturnAdvantage.class,
  WhitenedGroupBaselineAdvantage.class,
  BestOfGroupAdvantage.class,
  OptimalTokenBaseline.class,
  GeneralizedAdvantage.class,
  ProcessSupervisionAdvantage.class,
  SumThenNormalize.class,
  NormalizeThenSum.class
})
public interface AdvantageEstimator {

  /** An input that estimators may have beside the rewards of completions and their groups. */
  enum Need {
    /** The reward of each prompt's greedy completion, which is decoded once more. */
    GREEDY_COMPLETION,
    /** Values of a critic, and the reward of every token. */
    CRITIC,
    /** The reward of every token, where a KL penalty may be. */
    TOKEN_REWARDS,
    /** Rewards of the steps of a thought. */
    STEP_REWARDS,
    /** The rewards of the rules one by one. */
    REWARD_PARTS,
    /** The squared gradient of every token's log-probability by its logits. */
    SCORE_NORMS
  }

  /** The inputs that it needs beside rewards and groups, if any. */
  default Optional<Need> need() {
    return Optional.empty();
  }

  /** True if it looks at the parts of a reward only, and so at no KL penalty in the reward. */
  default boolean looksAtPartsOnly() {
    Need need = need().orElse(Need.TOKEN_REWARDS);
    return need == Need.STEP_REWARDS || need == Need.REWARD_PARTS;
  }

  /**
   * The same estimator for rewards of several parts; only those that look at parts change.
   *
   * @param weights the weight of every part, {@code [K]}
   */
  default AdvantageEstimator weighted(DoubleVector weights) {
    return this;
  }

  /**
   * The advantage of every token.
   *
   * @throws IllegalArgumentException if an input that this estimator needs was not given
   */
  Advantages estimate(AdvantageInputs inputs);

  /**
   * The explanation of the advantage of token {@code token} of row {@code row}; its value equals
   * that of {@link #estimate} to the last bit. {@link Advantages#explain} calls this.
   */
  Explanation explain(AdvantageInputs inputs, int row, int token);

  /**
   * Whether {@code group} is dead: all rewards that this estimator compares within it are equal, so
   * that no completion of it is better than another.
   *
   * <p>The one definition of a dead group: metrics, trace, explanations, page and what-if all ask
   * here. An estimator that compares completions with others of their group overrides it.
   *
   * @return empty if nothing is compared within the group: there are not two rewards in it, or the
   *     estimator measures against something else, such as a critic or the whole batch
   */
  default Optional<Boolean> isDead(AdvantageInputs inputs, int group) {
    return Optional.empty();
  }
}
