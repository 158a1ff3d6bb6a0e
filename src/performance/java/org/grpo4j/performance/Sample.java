package org.grpo4j.performance;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.grpo4j.math.Moments;

/**
 * Measurements of one quantity: their median and their range.
 *
 * @param values in the order in which they were made; may be none
 */
record Sample(List<Double> values) {

  boolean isEmpty() {
    return values.isEmpty();
  }

  double median() {
    return quantile(0.5);
  }

  private double quantile(double share) {
    return Moments.quantile(values.stream().mapToDouble(Double::doubleValue).toArray(), share);
  }

  Sample map(DoubleUnaryOperator change) {
    return new Sample(values.stream().map(change::applyAsDouble).toList());
  }

  /** The quotients of measurements of the same round; of the rounds that both have. */
  Sample over(Sample other) {
    int rounds = Math.min(values.size(), other.values.size());
    return new Sample(
        IntStream.range(0, rounds).mapToObj(i -> values.get(i) / other.values.get(i)).toList());
  }

  /**
   * {@code 7.54 (7.4–7.9)}: median, least and largest, times {@code factor}; a dash for nothing.
   *
   * @param format of the numbers, such as {@code %.2f}
   */
  String text(String format, double factor) {
    if (isEmpty()) {
      return "–";
    }
    String middle = String.format(Locale.ROOT, format, factor * median());
    return values.size() == 1
        ? middle
        : String.format(
            Locale.ROOT,
            "%s (" + format + "–" + format + ")",
            middle,
            factor * quantile(0),
            factor * quantile(1));
  }

  String milliseconds() {
    return text(median() < 1e-3 ? "%.3f" : "%.2f", 1e3);
  }

  String ratio() {
    return text("%.2f", 1);
  }

  String seconds() {
    return text("%.2f", 1);
  }

  String mebibytes() {
    return text("%.0f", 1 / (1024.0 * 1024.0));
  }
}
