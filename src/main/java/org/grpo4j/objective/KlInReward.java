package org.grpo4j.objective;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;

/**
 * The KL divergence from the reference policy as a part of the reward (Eq. 52; DeepSeekMath eq. 2,
 * PPO for language models): {@code r_t = -beta k_t}, and the score on top at the last token.
 * Computed once, from the old policy, and constant from then on; through returns it reaches all
 * earlier tokens, whereas {@link KlPenalty} acts on its own token.
 *
 * @param beta the weight, at least 0
 * @param estimator the estimate of one token; K1 gives the gradient of {@code KL(pi || ref)}
 */
public record KlInReward(
    @Setting(
            value = "Its weight beta.",
            byDefault = "0.05",
            range = "[0, inf)",
            key = "coefficient")
        double beta,
    @Setting(value = "Estimator of the KL divergence (Eq. 5).", byDefault = "k1")
        KlEstimator estimator) {

  public KlInReward {
    Require.atLeastZero("beta", beta);
  }

  /** K1 and unbounded scores. */
  public static KlInReward of(double beta) {
    return new KlInReward(beta, KlEstimator.K1);
  }

  /** The same with another weight. */
  public KlInReward withBeta(double newBeta) {
    return new KlInReward(newBeta, estimator);
  }

  /**
   * A reward for every token, {@code [N][T_i]}; 0 where masked. A row without tokens loses its
   * score.
   *
   * @param scores one per completion, {@code [N]}
   * @param oldLogProbs {@code log pi_old}
   * @param referenceLogProbs {@code log pi_ref}
   * @param mask 1 for tokens that count
   */
  public TokenTable tokenRewards(
      DoubleVector scores, TokenTable oldLogProbs, TokenTable referenceLogProbs, TokenTable mask) {
    double[][] rewards = new double[mask.rows()][];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = new double[mask.length(i)];
      int last = -1;
      for (int t = 0; t < rewards[i].length; t++) {
        if (mask.get(i, t) != 0) {
          rewards[i][t] -= penalty(oldLogProbs.get(i, t), referenceLogProbs.get(i, t));
          last = t;
        }
      }
      if (last >= 0) {
        rewards[i][last] += scores.get(i);
      }
    }
    return TokenTable.of(rewards);
  }

  /** The token rewards of each completion added up, {@code [N]}. */
  public DoubleVector rowRewards(
      DoubleVector scores, TokenTable oldLogProbs, TokenTable referenceLogProbs, TokenTable mask) {
    double[] rewards = new double[mask.rows()];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = scores.get(i);
      for (int t = 0; t < mask.length(i); t++) {
        if (mask.get(i, t) != 0) {
          rewards[i] -= penalty(oldLogProbs.get(i, t), referenceLogProbs.get(i, t));
        }
      }
    }
    return DoubleVector.of(rewards);
  }

  /** Scores without any KL divergence: what token rewards are when {@code beta} is 0. */
  public static TokenTable atLastToken(DoubleVector scores, TokenTable mask) {
    TokenTable zero = Masks.spread(DoubleVector.constant(mask.rows(), 0), mask);
    return of(0).tokenRewards(scores, zero, zero, mask);
  }

  private double penalty(double logProb, double referenceLogProb) {
    return beta * estimator.value(logProb - referenceLogProb);
  }
}
