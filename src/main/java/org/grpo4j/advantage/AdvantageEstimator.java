package org.grpo4j.advantage;

import org.grpo4j.math.Explanation;

/**
 * From rewards to advantages: how much better than expected each token of each completion was. The
 * first of the five columns that make up an algorithm.
 *
 * <p>Advantages are constants for the objective: no gradient flows through them.
 */
public sealed interface AdvantageEstimator
    permits GroupRelativeAdvantage,
        RawRewardAdvantage,
        BatchMeanAdvantage,
        LeaveOneOutAdvantage,
        GreedyBaselineAdvantage,
        PositiveOnlyAdvantage,
        ProcessSupervisionAdvantage,
        ReinforcePlusPlusAdvantage,
        WhitenedGroupBaselineAdvantage,
        SumThenNormalize,
        NormalizeThenSum,
        GeneralizedAdvantage {

  /**
   * The advantage of every token.
   *
   * @throws IllegalArgumentException if an input that this estimator needs was not given
   */
  Advantages estimate(AdvantageInputs inputs);

  /**
   * How the advantage of token {@code token} of row {@code row} comes about; its value equals that
   * of {@link #estimate} to the last bit. {@link Advantages#explain} calls this.
   */
  Explanation explain(AdvantageInputs inputs, int row, int token);
}
