package org.grpo4j.experiment.config;

/**
 * An interval of numbers, written {@code [0, 1)}: a bracket includes the bound, a parenthesis does
 * not, {@code inf} is no bound.
 *
 * @param lower lower bound, possibly minus infinity
 * @param includesLower whether the lower bound itself is allowed
 * @param upper upper bound, possibly infinity
 * @param includesUpper whether the upper bound itself is allowed
 */
public record Interval(double lower, boolean includesLower, double upper, boolean includesUpper) {

  /** The interval that {@code text} writes down. */
  public static Interval parse(String text) {
    int comma = text.indexOf(',');
    if (comma < 0 || !text.matches("[\\[(].*[\\])]")) {
      throw new IllegalArgumentException("range: must look like [0, 1), got " + text);
    }
    return new Interval(
        bound(text.substring(1, comma)),
        text.startsWith("["),
        bound(text.substring(comma + 1, text.length() - 1)),
        text.endsWith("]"));
  }

  private static double bound(String text) {
    return switch (text.strip()) {
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "inf" -> Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(text.strip());
    };
  }

  /** True if {@code value} is inside; false for {@code NaN}. */
  public boolean contains(double value) {
    boolean aboveLower = includesLower ? value >= lower : value > lower;
    boolean belowUpper = includesUpper ? value <= upper : value < upper;
    return aboveLower && belowUpper;
  }

  /** The rule in words: {@code at least 1}, {@code more than 0 and at most 1}. */
  public String rule() {
    String low = Double.isInfinite(lower) ? "" : (includesLower ? "at least " : "more than ");
    String high = Double.isInfinite(upper) ? "" : (includesUpper ? "at most " : "less than ");
    String lowText = low.isEmpty() ? "" : low + ConfigWriter.number(lower);
    String highText = high.isEmpty() ? "" : high + ConfigWriter.number(upper);
    return lowText + (low.isEmpty() || high.isEmpty() ? "" : " and ") + highText;
  }
}
