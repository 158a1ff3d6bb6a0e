package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;

/**
 * ReMax: the baseline is the reward of the greedy completion of the same prompt (Eq. 33; arXiv
 * 2310.10505), which costs one more completion per prompt. A missing reward has advantage 0.
 *
 * <p>Needs {@link AdvantageInputs#greedyRewards}.
 */
@Kind(
    value = "greedy-baseline",
    label = "Greedy baseline (ReMax)",
    description =
        "ReMax: the reward minus that of the prompt's greedy completion, which is decoded once"
            + " more.",
    equation = 33)
public record GreedyBaselineAdvantage() implements AdvantageEstimator {

  @Override
  public Optional<Need> need() {
    return Optional.of(Need.GREEDY_COMPLETION);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    DoubleVector greedyRewards = greedyRewards(inputs);
    double[] advantages = new double[inputs.rows()];
    for (int i = 0; i < advantages.length; i++) {
      double reward = inputs.rewards().get(i);
      advantages[i] = Double.isNaN(reward) ? 0 : reward - greedyRewards.get(i);
    }
    return Advantages.ofRows(this, inputs, advantages);
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    double reward = inputs.rewards().get(row);
    if (inputs.mask().get(row, token) == 0 || Double.isNaN(reward)) {
      return Explanations.zero(inputs, row, token);
    }
    double baseline = greedyRewards(inputs).get(row);
    return Explanation.filled(
        reward - baseline,
        "A",
        "advantage",
        "{0} - {1}",
        Explanations.reward(inputs, row),
        Explanation.of(baseline, "r_greedy", "reward of the greedy completion"));
  }

  private static DoubleVector greedyRewards(AdvantageInputs inputs) {
    return Inputs.require("greedyRewards", inputs.greedyRewards(), "ReMax");
  }
}
