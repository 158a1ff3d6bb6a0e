package org.grpo4j.objective;

/** Conditions on settings, with messages that say field, rule and value. */
final class Checks {

  private Checks() {}

  static void atLeastZero(String field, double value) {
    require(field, value >= 0, "at least 0", value);
  }

  static void positive(String field, double value) {
    require(field, value > 0, "positive", value);
  }

  /** {@code NaN} fails every rule. */
  static void require(String field, boolean holds, String rule, double value) {
    if (!holds || Double.isNaN(value)) {
      throw new IllegalArgumentException(field + ": must be " + rule + ", got " + value);
    }
  }
}
