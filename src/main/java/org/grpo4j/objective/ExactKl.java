package org.grpo4j.objective;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Require;

/**
 * The KL divergence of a token's whole distribution from the reference policy's, instead of an
 * estimate from the one symbol that was drawn (Eq. 65):
 *
 * <pre>
 * KL_it = sum_v p_v (log p_v - log ref_v)
 * G_itv = dL/dlog p_v = w_it beta p_v (log p_v - log ref_v)
 * dL/dz_j = (1/tau) [ G_j - p_j sum_v G_v ]  =  (w_it beta / tau) p_j [ log p_j - log ref_j - KL_it ]
 * </pre>
 *
 * <p>(The derivative of the factor {@code p_v} adds {@code p_v} to {@code G_v}, which sums to 0 in
 * every logit and is left out.) With a teacher as the reference this is on-policy distillation over
 * the full vocabulary, the ending of DeepSeek-V4; its gradient is the mean of that of the sampled
 * form, {@code A = log ref - log p} at the drawn symbol, given where the completion is.
 *
 * @param beta its weight, at least 0
 */
public record ExactKl(
    @Setting(value = "Its weight beta.", byDefault = "1", range = "(0, inf)", key = "coefficient")
        double beta) {

  public ExactKl {
    Require.positive("beta", beta);
  }

  /**
   * The divergence of one token, before {@code beta}.
   *
   * @param logProbs {@code log p_v}, {@code [V]}
   * @param reference {@code log ref_v}, {@code [V]}
   */
  public static double value(double[] logProbs, double[] reference) {
    double sum = 0;
    for (int v = 0; v < logProbs.length; v++) {
      sum += term(logProbs[v], reference[v]);
    }
    return sum;
  }

  /**
   * The derivative of the loss by every log-probability of one token, {@code G_itv}.
   *
   * @param weight {@code w_it}, what the token weighs in the loss
   * @param into where it is written, {@code [V]}
   */
  public void lossByLogProbs(double weight, double[] logProbs, double[] reference, double[] into) {
    for (int v = 0; v < into.length; v++) {
      into[v] = weight * beta * term(logProbs[v], reference[v]);
    }
  }

  /** {@code p (log p - log ref)}, with {@code 0 log 0 = 0}. */
  private static double term(double logProb, double reference) {
    double p = Elementary.exp(logProb);
    return p == 0 ? 0 : p * (logProb - reference);
  }
}
