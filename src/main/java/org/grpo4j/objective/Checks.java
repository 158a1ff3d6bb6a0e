package org.grpo4j.objective;

import org.grpo4j.math.Numbers;

/** Conditions on settings, with messages that say field, rule and value. */
final class Checks {

  private Checks() {}

  /** In {@code [0, inf)}. */
  static void atLeastZero(String field, double value) {
    require(field, value >= 0, "at least 0", value);
    require(field, value < Double.POSITIVE_INFINITY, "finite", value);
  }

  /** In {@code (0, inf)}. */
  static void positive(String field, double value) {
    bound(field, value);
    require(field, value < Double.POSITIVE_INFINITY, "finite", value);
  }

  /** In {@code (0, inf]}: infinity is no bound. */
  static void bound(String field, double value) {
    require(field, value > 0, "positive", value);
  }

  /** In {@code [min, max]}. */
  static void within(String field, double value, double min, double max) {
    String interval = "in [" + Numbers.brief(min) + ", " + Numbers.brief(max) + "]";
    require(field, value >= min && value <= max, interval, value);
  }

  /** {@code NaN} fails every rule. */
  static void require(String field, boolean holds, String rule, double value) {
    if (!holds || Double.isNaN(value)) {
      throw new IllegalArgumentException(field + ": must be " + rule + ", got " + value);
    }
  }
}
