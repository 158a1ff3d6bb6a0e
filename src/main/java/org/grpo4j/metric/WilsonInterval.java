package org.grpo4j.metric;

import org.grpo4j.math.Require;

/**
 * The Wilson score interval of a proportion at 95 % confidence (Eq. 16; Wilson 1927). Unlike the
 * normal approximation it stays inside [0, 1] and has a width when nothing or everything succeeded.
 *
 * @param lower lower bound, at least 0
 * @param upper upper bound, at most 1
 */
public record WilsonInterval(double lower, double upper) {

  /** The 97.5 % quantile of the standard normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * The interval around {@code proportion}:
   *
   * <pre>(p + z^2/2n  ±  z sqrt( p (1 - p)/n + z^2/4n^2 )) / (1 + z^2/n)</pre>
   *
   * <p>The proportion may also be the mean of {@code n} numbers between 0 and 1, such as pass@k of
   * {@code n} problems. Their variance is at most that of zeros and ones with the same mean, so the
   * interval is then on the wide side.
   *
   * @param proportion {@code p}, in [0, 1]
   * @param n number of independent trials, at least 1
   */
  public static WilsonInterval of(double proportion, int n) {
    Require.that(proportion >= 0 && proportion <= 1, "proportion", "in [0, 1]", proportion);
    Require.that(n >= 1, "n", "at least 1", n);
    double zSquaredOverN = Z * Z / n;
    double centre = proportion + zSquaredOverN / 2;
    double variance = proportion * (1 - proportion) / n + zSquaredOverN / n / 4;
    double halfWidth = Z * Math.sqrt(variance);
    double scale = 1 + zSquaredOverN;
    double lower = (centre - halfWidth) / scale;
    double upper = (centre + halfWidth) / scale;
    // At 0 and 1 the bound is the proportion itself; rounding must not put it on the wrong side.
    return new WilsonInterval(
        Math.max(0, Math.min(lower, proportion)), Math.min(1, Math.max(upper, proportion)));
  }
}
