package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.TokenTable;

/**
 * Several rewards, normalised one by one before they are added (Eq. 39; GDPO, arXiv 2601.05242):
 * each part becomes an advantage inside its group, the weighted sum of these is whitened over the
 * batch. A part that is constant in a group then contributes nothing there.
 *
 * <p>Needs {@link AdvantageInputs#rewardParts}; does not look at {@link AdvantageInputs#rewards}.
 *
 * @param weights one per part, {@code [K]}
 * @param normalization what is done with each part
 * @param whitening of the sum over all completions with a token in the loss
 */
@Kind(
    value = "normalize-then-sum",
    label = "Normalise, then sum (GDPO)",
    description =
        "Several rules: each is normalised, the weighted sum is whitened over the batch: GDPO.",
    equation = 39)
public record NormalizeThenSum(
    DoubleVector weights,
    @Setting(value = "What is done with each rule's reward.") GroupRelativeAdvantage normalization,
    @Setting(value = "Whitening of the weighted sum over all completions.") Whitening whitening)
    implements AdvantageEstimator {

  /** Before it is known how many parts there are; {@link #weighted} says so. */
  public NormalizeThenSum(GroupRelativeAdvantage normalization, Whitening whitening) {
    this(DoubleVector.constant(0, 1), normalization, whitening);
  }

  @Override
  public AdvantageEstimator weighted(DoubleVector given) {
    return new NormalizeThenSum(given, normalization, whitening);
  }

  @Override
  public Optional<Need> need() {
    return Optional.of(Need.REWARD_PARTS);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    double[] advantages =
        whitening.apply(Inputs.ofLearningRows(combined(inputs), inputs.mask())).toArray();
    return Advantages.ofRows(this, inputs, advantages);
  }

  /** The weighted sum of each row's normalised parts, before whitening, {@code [N]}. */
  public DoubleVector combined(AdvantageInputs inputs) {
    TokenTable parts = RewardParts.of(inputs, weights);
    double[] combined = new double[parts.rows()];
    double[] magnitudes = new double[parts.rows()];
    for (int k = 0; k < weights.size(); k++) {
      DoubleVector normalized = normalized(inputs, parts, k);
      for (int i = 0; i < combined.length; i++) {
        double term = weights.get(k) * normalized.get(i);
        combined[i] += term;
        magnitudes[i] += Math.abs(term);
      }
    }
    for (int i = 0; i < combined.length; i++) {
      combined[i] = Numbers.withoutResidue(combined[i], magnitudes[i]);
    }
    return DoubleVector.of(combined);
  }

  private DoubleVector normalized(AdvantageInputs inputs, TokenTable parts, int part) {
    return normalization.estimate(ofPart(inputs, parts, part)).perRow().orElseThrow();
  }

  private static AdvantageInputs ofPart(AdvantageInputs inputs, TokenTable parts, int part) {
    return AdvantageInputs.of(RewardParts.column(parts, part), inputs.groups(), inputs.mask());
  }

  /** A group is dead if every part is constant in it, as far as it is there. */
  @Override
  public Optional<Boolean> isDead(AdvantageInputs inputs, int group) {
    AdvantageInputs alone = inputs.ofGroup(group);
    TokenTable parts = RewardParts.of(alone, weights);
    Optional<Boolean> dead = Optional.empty();
    for (int k = 0; k < weights.size(); k++) {
      Optional<Boolean> ofPart = normalization.isDead(ofPart(alone, parts, k), 0);
      if (ofPart.isPresent()) {
        dead = Optional.of(ofPart.get() && dead.orElse(true));
      }
    }
    return dead;
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    if (inputs.mask().get(row, token) == 0) {
      return Explanations.zero(inputs, row, token);
    }
    TokenTable parts = RewardParts.of(inputs, weights);
    Explanation[] terms = new Explanation[weights.size()];
    for (int k = 0; k < terms.length; k++) {
      double normalized = normalized(inputs, parts, k).get(row);
      terms[k] =
          Explanation.filled(
              weights.get(k) * normalized,
              "",
              "",
              "{0} * {1}",
              Explanation.of(weights.get(k), "weight", "of part " + k),
              normalization.explain(ofPart(inputs, parts, k), row, token).as("A_part"));
    }
    DoubleVector combined = combined(inputs);
    return whitening.explain(
        Explanation.of(combined.get(row), "x", "sum over the parts", terms),
        Moments.ofPresent(Inputs.ofLearningRows(combined, inputs.mask()).toArray()));
  }
}
