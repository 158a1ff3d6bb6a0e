package org.grpo4j.objective;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * One ratio per completion, the geometric mean of token ratios that are clipped one by one in log
 * space (Eq. 50; GMPO, arXiv 2507.20673). With {@link ImportanceWeightedSurrogate} it is GMPO.
 *
 * <pre>
 * u_t = min(l_t - o_t, epsilonHigh) if A_t is above 0, else max(l_t - o_t, -epsilonLow)
 * ratio = exp( (1/n) sum_t u_t )
 * </pre>
 *
 * <p>A clipped token keeps its constant share of the ratio and has no gradient.
 *
 * @param epsilonLow bound on the log-ratio for {@code A} of at most 0; at least 0
 * @param epsilonHigh bound on the log-ratio for {@code A > 0}; at least 0
 */
@Kind(
    value = "clipped-geometric-mean",
    label = "Clipped geometric mean (GMPO)",
    description = "One ratio a completion, from token ratios that are clipped in log space: GMPO.",
    equation = 50)
public record ClippedGeometricMeanRatio(
    @Setting(value = "Bound of the log-ratio below 0.", byDefault = "0.4", range = "[0, inf)")
        double epsilonLow,
    @Setting(value = "Bound of the log-ratio above 0.", byDefault = "0.4", range = "[0, inf)")
        double epsilonHigh)
    implements RatioLevel {

  public ClippedGeometricMeanRatio {
    Require.atLeastZero("epsilonLow", epsilonLow);
    Require.atLeastZero("epsilonHigh", epsilonHigh);
  }

  @Override
  public String formula() {
    return "exp(mean of their clipped log-ratios)";
  }

  @Override
  public DoubleVector logRatios(RatioRow row) {
    double sum = 0;
    for (int t = 0; t < row.length(); t++) {
      sum += row.counts(t) ? clip(row.logRatios().get(t), row.advantages().get(t)) : 0;
    }
    return row.fill(sum / Math.max(1, row.countedTokens()));
  }

  private double clip(double logRatio, double advantage) {
    return advantage > 0 ? Math.min(logRatio, epsilonHigh) : Math.max(logRatio, -epsilonLow);
  }

  @Override
  public DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio) {
    double share = lossByLogRatio.sum() / Math.max(1, row.countedTokens());
    double[] lossByLogProb = new double[row.length()];
    for (int t = 0; t < lossByLogProb.length; t++) {
      double logRatio = row.logRatios().get(t);
      boolean moves = row.counts(t) && clip(logRatio, row.advantages().get(t)) == logRatio;
      lossByLogProb[t] = moves ? share : 0;
    }
    return DoubleVector.of(lossByLogProb);
  }

  @Override
  public boolean couplesTokens() {
    return true;
  }

  /** A ratio per token: what is bounded here belongs to the surrogate (as in TRL). */
  @Override
  public RatioLevel ofKl() {
    return new RatioLevel.TokenRatio();
  }

  @Override
  public ClipBranch branch(double logRatio, double advantage) {
    if (advantage < 0 && logRatio < -epsilonLow) {
      return ClipBranch.CLIPPED_LOW;
    }
    if (advantage > 0 && logRatio > epsilonHigh) {
      return ClipBranch.CLIPPED_HIGH;
    }
    return ClipBranch.INSIDE;
  }
}
