package org.grpo4j.metric;

/**
 * How many of how many.
 *
 * @param count how many succeeded, from 0 to {@code n}
 * @param n of how many, at least 1
 */
public record Proportion(int count, int n) {

  public Proportion {
    if (n < 1) {
      throw new IllegalArgumentException("n: must be at least 1, got " + n);
    }
    if (count < 0 || count > n) {
      throw new IllegalArgumentException("count: must be from 0 to " + n + ", got " + count);
    }
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
