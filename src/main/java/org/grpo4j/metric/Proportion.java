package org.grpo4j.metric;

import org.grpo4j.math.Require;

/**
 * A count out of a total.
 *
 * @param count how many succeeded, from 0 to {@code n}
 * @param n of how many, at least 1
 */
public record Proportion(int count, int n) {

  public Proportion {
    Require.that(n >= 1, "n", "at least 1", n);
    Require.that(count >= 0 && count <= n, "count", "from 0 to " + n, count);
  }

  /** {@code count / n}. */
  public double value() {
    return count / (double) n;
  }

  /** The 95 % interval of the proportion behind it. */
  public WilsonInterval interval() {
    return WilsonInterval.of(value(), n);
  }
}
