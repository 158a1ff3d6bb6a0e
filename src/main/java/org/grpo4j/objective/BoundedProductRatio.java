package org.grpo4j.objective;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Require;

/**
 * {@link RatioLevel.SequenceProductRatio} with bounds against overflow (Eq. 51; VESPO, arXiv
 * 2602.10693): each log-ratio, then their sum, is bounded.
 *
 * @param tokenBound log-ratios are bounded to {@code [-tokenBound, tokenBound]}
 * @param lowestSum lower bound of the sum
 * @param highestSum upper bound of the sum
 */
@Kind(
    value = "bounded-product",
    label = "Bounded product (VESPO)",
    description = "One ratio a completion, the product of its tokens' within bounds: VESPO.",
    equation = 51)
public record BoundedProductRatio(
    @Setting(value = "Bound of every log-ratio.", byDefault = "20", range = "(0, 100]")
        double tokenBound,
    @Setting(
            value = "Lower bound of their sum; the default is the logarithm of 1e-8.",
            byDefault = "-18.420680743952367",
            range = "[-700, 0]")
        double lowestSum,
    @Setting(value = "Upper bound of their sum.", byDefault = "20", range = "[0, 700]")
        double highestSum)
    implements RatioLevel.OfRow {

  /** The bounds of VESPO's paper. */
  public BoundedProductRatio() {
    this(20, Elementary.log(1e-8), 20);
  }

  public BoundedProductRatio {
    Require.positive("tokenBound", tokenBound);
    Require.within("tokenBound", tokenBound, 0, 100);
    Require.within("lowestSum", lowestSum, -700, 0);
    Require.within("highestSum", highestSum, 0, 700);
    Require.that(
        highestSum > lowestSum, "highestSum", "greater than lowestSum " + lowestSum, highestSum);
  }

  @Override
  public String formula() {
    return "exp(bounded sum of their bounded log-ratios)";
  }

  @Override
  public DoubleVector logRatios(RatioRow row) {
    double sum = boundedSum(row);
    return row.fill(Math.max(lowestSum, Math.min(sum, highestSum)));
  }

  private double boundedSum(RatioRow row) {
    double sum = 0;
    for (int t = 0; t < row.length(); t++) {
      double logRatio = row.logRatios().get(t);
      sum += Math.max(-tokenBound, Math.min(logRatio, tokenBound));
    }
    return sum;
  }

  @Override
  public DoubleVector lossByLogProb(RatioRow row, DoubleVector lossByLogRatio) {
    double sum = boundedSum(row);
    double total = sum >= lowestSum && sum <= highestSum ? lossByLogRatio.sum() : 0;
    double[] lossByLogProb = new double[row.length()];
    for (int t = 0; t < lossByLogProb.length; t++) {
      boolean moves = row.counts(t) && Math.abs(row.logRatios().get(t)) <= tokenBound;
      lossByLogProb[t] = moves ? total : 0;
    }
    return DoubleVector.of(lossByLogProb);
  }

  /** A ratio per token: what is bounded here belongs to the surrogate (as in TRL). */
  @Override
  public RatioLevel ofKl() {
    return new RatioLevel.TokenRatio();
  }
}
