package org.grpo4j.train;

import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageEstimator.Need;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Policy;
import org.grpo4j.rollout.Sequence;

/** The squared gradient of every token's log-probability by its logits (Eq. 61). */
final class ScoreNorms {

  private ScoreNorms() {}

  /** {@code inputs}, with them if {@code estimator} looks at them: one more forward pass. */
  static AdvantageInputs addedTo(
      AdvantageInputs inputs,
      AdvantageEstimator estimator,
      Policy policy,
      List<Sequence> rows,
      double temperature) {
    return estimator.need().equals(Optional.of(Need.SCORE_NORMS))
        ? inputs.withScoreNorms(of(policy, rows, temperature))
        : inputs;
  }

  /**
   * {@code sum_v (1[v = o] - p_v)^2}, {@code [N][T_i]}: by the logits divided by the temperature,
   * whose square is common to all and cancels in a weighted mean.
   */
  static TokenTable of(Policy policy, List<Sequence> rows, double temperature) {
    double[][] norms = new double[rows.size()][];
    try (ForwardPass forward = policy.forward(rows, temperature)) {
      for (int i = 0; i < norms.length; i++) {
        norms[i] = new double[rows.get(i).completion().length()];
        for (int t = 0; t < norms[i].length; t++) {
          double[] p = forward.probabilities(i, t);
          p[rows.get(i).completion().get(t)] -= 1;
          for (double difference : p) {
            norms[i][t] += difference * difference;
          }
        }
      }
    }
    return TokenTable.of(norms);
  }
}
