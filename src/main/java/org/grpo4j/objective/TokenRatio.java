package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Elementary;

/** One ratio per token (Eq. 2): {@code rho_t = pi(o_t) / pi_old(o_t) = exp(l_t - o_t)}. */
public record TokenRatio() implements RatioLevel {

  @Override
  public DoubleVector ratios(RatioRow row) {
    double[] ratios = new double[row.length()];
    for (int t = 0; t < ratios.length; t++) {
      ratios[t] = row.counts(t) ? Elementary.exp(row.logRatios().get(t)) : 1;
    }
    return DoubleVector.of(ratios);
  }

  @Override
  public DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio) {
    return lossByLogRatio;
  }
}
