package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.TokenTable;

/**
 * REINFORCE++-baseline (arXiv 2501.03262): {@code r_i - mean of the group}, copied to the tokens
 * and whitened over all tokens of the batch (Eq. 35), so that long completions have more say in
 * mean and standard deviation. A missing reward counts as 0 above the mean.
 *
 * @param whitening over all tokens of the batch that take part in the loss
 */
@Kind(
    value = "whitened-group-baseline",
    label = "Whitened group baseline (REINFORCE++-baseline)",
    description =
        "REINFORCE++-baseline: the reward minus the group's mean, whitened over all tokens.",
    equation = 35)
public record WhitenedGroupBaselineAdvantage(
    @Setting(value = "Whitening over all tokens of the batch.") Whitening whitening)
    implements AdvantageEstimator {

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    TokenTable advantages = whitening.apply(centred(inputs), inputs.mask());
    return new Advantages(this, inputs, advantages, Optional.empty(), Optional.empty());
  }

  private static TokenTable centred(AdvantageInputs inputs) {
    double[] centred = new double[inputs.rows()];
    for (int i = 0; i < centred.length; i++) {
      double reward = inputs.rewards().get(i);
      Moments group = inputs.groupMoments(inputs.groups().groupOf(i));
      centred[i] = Double.isNaN(reward) || group.allEqual() ? 0 : reward - group.mean();
    }
    return Masks.spread(DoubleVector.of(centred), inputs.mask());
  }

  @Override
  public Optional<Boolean> isDead(AdvantageInputs inputs, int group) {
    return inputs.groupMoments(group).compared();
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    if (inputs.mask().get(row, token) == 0) {
      return Explanations.zero(inputs, row, token);
    }
    TokenTable centred = centred(inputs);
    String description = "reward minus the mean of the group";
    Explanation given =
        Explanation.of(centred.get(row, token), "x", description, Explanations.reward(inputs, row));
    return whitening.explain(given, Moments.ofMasked(centred, inputs.mask()));
  }
}
