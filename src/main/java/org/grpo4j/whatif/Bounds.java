package org.grpo4j.whatif;

import org.grpo4j.math.Numbers;

/**
 * The numbers that a setting may have.
 *
 * @param min lower bound
 * @param includesMin whether the bound itself is allowed
 * @param max upper bound; infinity for none
 * @param includesMax whether the bound itself is allowed
 */
public record Bounds(double min, boolean includesMin, double max, boolean includesMax) {

  /** {@code [min, inf)}. */
  static Bounds atLeast(double min) {
    return new Bounds(min, true, Double.POSITIVE_INFINITY, false);
  }

  /** {@code (min, inf)}. */
  static Bounds above(double min) {
    return new Bounds(min, false, Double.POSITIVE_INFINITY, false);
  }

  /** {@code [min, max]}. */
  static Bounds between(double min, double max) {
    return new Bounds(min, true, max, true);
  }

  /** True if {@code value} is inside; false for {@code NaN}. */
  public boolean contains(double value) {
    boolean aboveMin = includesMin ? value >= min : value > min;
    boolean belowMax = includesMax ? value <= max : value < max;
    return aboveMin && belowMax && !Double.isNaN(value);
  }

  /** As in experiment files: {@code [0, 1]}, {@code (0, inf)}. */
  @Override
  public String toString() {
    return (includesMin ? "[" : "(") + text(min) + ", " + text(max) + (includesMax ? "]" : ")");
  }

  private static String text(double bound) {
    return bound == Double.POSITIVE_INFINITY ? "inf" : Numbers.brief(bound);
  }
}
