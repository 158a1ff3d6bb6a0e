package org.grpo4j.experiment.recorded;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;

/**
 * One expectation and what came out.
 *
 * @param what what is expected to lie in the band
 * @param expected the band in words
 * @param values one a seed
 * @param found what came out, in words
 * @param holds whether it came out as expected
 */
public record BandResult(
    String what, String expected, DoubleVector values, String found, boolean holds) {

  private static final double MOST = 0.8;

  /** Rounding of a mean or difference must not decide at a bound that was typed in decimals. */
  private static final double ROUNDING = 1e-12;

  static BandResult of(
      String what,
      Band.Judge judge,
      OptionalDouble min,
      OptionalDouble max,
      Map<Long, Double> numbers) {
    double[] values = SeedTable.values(numbers);
    String expected = judge.label() + " " + bounds(min, max);
    if (values.length == 0) {
      return new BandResult(what, expected, DoubleVector.empty(), "not measured", false);
    }
    long within = Arrays.stream(values).filter(value -> within(value, min, max)).count();
    double mean = StatUtils.mean(values);
    boolean holds =
        switch (judge) {
          case EVERY_SEED -> within == values.length;
          case MOST_SEEDS -> within >= MOST * values.length;
          case MEAN -> within(mean, min, max);
        };
    String found =
        judge == Band.Judge.MEAN
            ? "mean " + Numbers.brief(mean)
            : "%s to %s in %s, %s within"
                .formatted(
                    Numbers.brief(StatUtils.min(values)),
                    Numbers.brief(StatUtils.max(values)),
                    Numbers.count(values.length, "seed"),
                    within);
    return new BandResult(what, expected, DoubleVector.of(values), found, holds);
  }

  private static boolean within(double value, OptionalDouble min, OptionalDouble max) {
    double slack = ROUNDING * Math.max(1, Math.abs(value));
    return value >= min.orElse(Double.NEGATIVE_INFINITY) - slack
        && value <= max.orElse(Double.POSITIVE_INFINITY) + slack;
  }

  private static String bounds(OptionalDouble min, OptionalDouble max) {
    if (min.isEmpty()) {
      return "at most " + Numbers.brief(max.orElseThrow());
    }
    if (max.isEmpty()) {
      return "at least " + Numbers.brief(min.orElseThrow());
    }
    return Numbers.brief(min.getAsDouble()) + " to " + Numbers.brief(max.getAsDouble());
  }
}
