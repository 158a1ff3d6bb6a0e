package org.grpo4j.advantage;

import org.grpo4j.declare.Kind;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;

/**
 * REINFORCE with the batch's mean reward as baseline (Eq. 31): {@code A_i = r_i - mean(r)}. It does
 * not know that some prompts are harder than others. A missing reward has advantage 0.
 */
@Kind(
    value = "batch-mean",
    label = "Batch mean (REINFORCE with baseline)",
    description = "REINFORCE with the mean reward of the batch as baseline.",
    equation = 31)
public record BatchMeanAdvantage() implements AdvantageEstimator {

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    Moments batch = inputs.batchMoments();
    double[] advantages = new double[inputs.rows()];
    for (int i = 0; i < advantages.length; i++) {
      double reward = inputs.rewards().get(i);
      advantages[i] = Double.isNaN(reward) ? 0 : reward - batch.mean();
    }
    return Advantages.ofRows(this, inputs, advantages);
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    double reward = inputs.rewards().get(row);
    if (inputs.mask().get(row, token) == 0 || Double.isNaN(reward)) {
      return Explanations.zero(inputs, row, token);
    }
    double mean = inputs.batchMoments().mean();
    return Explanation.filled(
        reward - mean,
        "A",
        "advantage",
        "{0} - {1}",
        Explanations.reward(inputs, row),
        Explanation.of(mean, "mean", "of all rewards of the batch"));
  }
}
