package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
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
 * @param normalization what is done with the sum
 */
@Kind(
    value = "sum-then-normalize",
    label = "Sum, then normalise",
    description = "Several rules: their weighted sum is normalised.",
    equation = 38)
public record SumThenNormalize(
    DoubleVector weights,
    @Setting(value = "What is done with the sum.") GroupRelativeAdvantage normalization)
    implements AdvantageEstimator {

  /** Before it is known how many parts there are; {@link #weighted} says so. */
  public SumThenNormalize(GroupRelativeAdvantage normalization) {
    this(DoubleVector.constant(0, 1), normalization);
  }

  @Override
  public AdvantageEstimator weighted(DoubleVector given) {
    return new SumThenNormalize(given, normalization);
  }

  @Override
  public Optional<Need> need() {
    return Optional.of(Need.REWARD_PARTS);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    Advantages ofSum = normalization.estimate(withSum(inputs));
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
  public Optional<Boolean> isDead(AdvantageInputs inputs, int group) {
    return normalization.isDead(withSum(inputs.ofGroup(group)), 0);
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    return normalization.explain(withSum(inputs), row, token);
  }
}
