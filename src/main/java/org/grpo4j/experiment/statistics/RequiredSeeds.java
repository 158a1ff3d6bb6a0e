package org.grpo4j.experiment.statistics;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * The number of paired seeds it takes to see an effect: the smallest {@code n} with
 *
 * <pre>n &gt;= ((t_{1-alpha/2, n-1} + t_{power, n-1}) / d_z)^2,   alpha = 0.05, power = 0.8</pre>
 *
 * the usual approximation of a two-sided paired t test by central t quantiles. It takes the
 * observed effect for the true one, which few seeds know badly: read the order of magnitude.
 */
public final class RequiredSeeds {

  /** Probability of seeing an effect that is not there. */
  public static final double SIGNIFICANCE = 0.05;

  /** Probability of seeing the effect that is there. */
  public static final double POWER = 0.8;

  private static final int MOST = 1_000_000;

  private RequiredSeeds() {}

  /**
   * Seeds for this effect.
   *
   * @param cohenDz mean difference over its sample standard deviation, any sign, infinite allowed
   * @return at least 2; {@code Double.POSITIVE_INFINITY} if there is no effect, {@code NaN} if the
   *     effect is not known
   */
  public static double forEffect(double cohenDz) {
    double effect = Math.abs(cohenDz);
    if (Double.isNaN(effect)) {
      return Double.NaN;
    }
    if (effect == 0 || !enough(MOST, effect)) {
      return Double.POSITIVE_INFINITY;
    }
    int tooFew = 1;
    int enough = MOST;
    while (enough - tooFew > 1) {
      int middle = (tooFew + enough) >>> 1;
      if (enough(middle, effect)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }

  private static boolean enough(int seeds, double effect) {
    TDistribution student = new TDistribution(null, seeds - 1.0);
    double quantiles =
        student.inverseCumulativeProbability(1 - SIGNIFICANCE / 2)
            + student.inverseCumulativeProbability(POWER);
    return Math.sqrt(seeds) * effect >= quantiles;
  }
}
