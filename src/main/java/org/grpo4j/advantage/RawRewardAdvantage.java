package org.grpo4j.advantage;

import org.grpo4j.declare.Kind;
import org.grpo4j.math.Explanation;

/**
 * REINFORCE without a baseline (Eq. 30): {@code A_i = r_i}. With rewards of 0 and 1 it only ever
 * makes completions more likely. A missing reward has advantage 0.
 */
@Kind(
    value = "raw-reward",
    label = "Raw reward (REINFORCE)",
    description = "REINFORCE without a baseline: the reward itself.",
    equation = 30)
public record RawRewardAdvantage() implements AdvantageEstimator {

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    double[] advantages = new double[inputs.rows()];
    for (int i = 0; i < advantages.length; i++) {
      double reward = inputs.rewards().get(i);
      advantages[i] = Double.isNaN(reward) ? 0 : reward;
    }
    return Advantages.ofRows(this, inputs, advantages);
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    double reward = inputs.rewards().get(row);
    if (inputs.mask().get(row, token) == 0 || Double.isNaN(reward)) {
      return Explanations.zero(inputs, row, token);
    }
    return Explanation.filled(reward, "A", "advantage", "{0}", Explanations.reward(inputs, row));
  }
}
