package org.grpo4j.advantage;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Require;

/**
 * Rejection sampling as an advantage: 1 for completions whose reward reaches the threshold, 0 for
 * the others, which thereby teach nothing (DeepSeekMath eq. 10). With {@link SampleFilter} the
 * others leave the denominators too, and what remains is supervised fine-tuning on good samples.
 *
 * @param threshold smallest reward that is kept
 */
@Kind(
    value = "positive-only",
    label = "Positive only (rejection sampling)",
    description = "Rejection sampling: 1 for completions that reach a threshold, 0 for the others.")
public record PositiveOnlyAdvantage(
    @Setting(value = "Smallest reward that is kept.", byDefault = "1", range = "[-1e6, 1e6]")
        double threshold)
    implements AdvantageEstimator {

  public PositiveOnlyAdvantage {
    Require.that(threshold >= -1e6 && threshold <= 1e6, "threshold", "in [-1e6, 1e6]", threshold);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    double[] advantages = new double[inputs.rows()];
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] = inputs.rewards().get(i) >= threshold ? 1 : 0;
    }
    return Advantages.ofRows(this, inputs, advantages);
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    double reward = inputs.rewards().get(row);
    if (inputs.mask().get(row, token) == 0 || Double.isNaN(reward)) {
      return Explanations.zero(inputs, row, token);
    }
    return Explanation.of(
        reward >= threshold ? 1 : 0,
        "A",
        "advantage: 1 if the reward reaches the threshold, else 0",
        Explanations.reward(inputs, row),
        Explanation.of(threshold, "", "threshold"));
  }
}
