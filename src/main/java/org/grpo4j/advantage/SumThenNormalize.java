package org.grpo4j.advantage;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;

/**
 * Several rewards, added before they are normalised (Eq. 38, TRL's {@code sum_then_normalize}): the
 * advantage of the weighted sum of the parts. A missing part counts as 0; if all are missing, so is
 * the reward.
 *
 * <p>Needs {@link AdvantageInputs#rewardParts}; does not look at {@link AdvantageInputs#rewards}.
 *
 * @param weights one per part, {@code [K]}
 * @param estimator what is done with the sum
 */
public record SumThenNormalize(DoubleVector weights, GroupRelativeAdvantage estimator)
    implements AdvantageEstimator {

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    Advantages ofSum = estimator.estimate(withSum(inputs));
    return new Advantages(this, inputs, ofSum.perToken(), ofSum.perRow(), ofSum.returns());
  }

  /** The weighted sum of each row's parts, {@code [N]}. */
  public DoubleVector combined(AdvantageInputs inputs) {
    return RewardParts.weightedSum(RewardParts.of(inputs, weights), weights);
  }

  private AdvantageInputs withSum(AdvantageInputs inputs) {
    return AdvantageInputs.of(combined(inputs), inputs.groups(), inputs.mask());
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    return estimator.explain(withSum(inputs), row, token);
  }
}
