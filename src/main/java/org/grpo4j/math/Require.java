package org.grpo4j.math;

/** Checks of arguments, with one form of message for all: field, rule, value. */
public final class Require {

  private Require() {}

  /**
   * Throws unless {@code holds}.
   *
   * @throws IllegalArgumentException {@code field: must be rule, got value}
   */
  public static void that(boolean holds, String field, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(field + ": must be " + rule + ", got " + value);
    }
  }

  /**
   * Throws unless {@code holds}: for rules that need a sentence of their own.
   *
   * @throws IllegalArgumentException with {@code sentence}, which names field, rule and value
   */
  public static void that(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** A count of at least {@code least}. */
  public static void atLeast(int least, String field, int count) {
    that(count >= least, field, "at least " + least, count);
  }

  /** In {@code [0, inf)}. */
  public static void atLeastZero(String field, double value) {
    that(value >= 0, field, "at least 0", value);
    that(value < Double.POSITIVE_INFINITY, field, "finite", value);
  }

  /** In {@code (0, inf)}. */
  public static void positive(String field, double value) {
    bound(field, value);
    that(value < Double.POSITIVE_INFINITY, field, "finite", value);
  }

  /** In {@code (0, inf]}: infinity is no bound. */
  public static void bound(String field, double value) {
    that(value > 0, field, "positive", value);
  }

  /** In {@code [min, max]}. */
  public static void within(String field, double value, double min, double max) {
    String interval = "in [" + Numbers.brief(min) + ", " + Numbers.brief(max) + "]";
    that(value >= min && value <= max, field, interval, value);
  }

  /** At least one value, and none of them NaN or infinite. */
  public static void finite(DoubleVector values, String field) {
    that(values.size() > 0, field + ": must not be empty");
    for (int i = 0; i < values.size(); i++) {
      if (!Double.isFinite(values.get(i))) {
        that(false, field + "[" + i + "]", "finite", values.get(i));
      }
    }
  }

  /** As many values in {@code other} as in {@code first}. */
  public static void sameSize(DoubleVector first, DoubleVector other, String field) {
    String rule = ": must have as many values as the first, ";
    that(first.size() == other.size(), field + rule + first.size() + ", got " + other.size());
  }
}
