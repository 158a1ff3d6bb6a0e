package org.grpo4j.train;

import java.util.List;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.TokenDistributions;
import org.grpo4j.rollout.Sequence;

/** The squared gradient of every token's log-probability by its logits (Eq. 61). */
final class ScoreNorms {

  private ScoreNorms() {}

  /**
   * {@code sum_v (1[v = o] - p_v)^2}, {@code [N][T_i]}: by the logits divided by the temperature,
   * whose square is common to all and cancels in a weighted mean.
   */
  static TokenTable of(LanguageModel policy, List<Sequence> rows, double temperature) {
    double[][] norms = new double[rows.size()][];
    TokenDistributions distributions = policy.distributions(rows, temperature);
    for (int i = 0; i < norms.length; i++) {
      norms[i] = new double[rows.get(i).completion().length()];
      for (int t = 0; t < norms[i].length; t++) {
        double[] p = distributions.probabilities(i, t);
        p[rows.get(i).completion().get(t)] -= 1;
        for (double difference : p) {
          norms[i][t] += difference * difference;
        }
      }
    }
    return TokenTable.of(norms);
  }
}
