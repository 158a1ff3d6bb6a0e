package org.grpo4j.experiment.statistics;

import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * One number measured in several seeds.
 *
 * @param values one value a seed, {@code [n]}, at least one, all finite
 * @param mean their mean
 * @param sampleStandardDeviation their deviation with {@code n - 1}; {@code NaN} for one value
 * @param bootstrap BCa interval of the mean; none for one value
 * @param interquartileMean their mean without the outer quarters
 */
public record SampleSummary(
    DoubleVector values,
    double mean,
    double sampleStandardDeviation,
    Optional<ConfidenceInterval> bootstrap,
    InterquartileMean interquartileMean) {

  /** The summary of these values. */
  public static SampleSummary of(DoubleVector values, Bootstrap bootstrap) {
    Require.finite(values, "values");
    double[] numbers = values.toArray();
    boolean several = numbers.length > 1;
    return new SampleSummary(
        values,
        StatUtils.mean(numbers),
        several ? Math.sqrt(StatUtils.variance(numbers)) : Double.NaN,
        several
            ? Optional.of(
                bootstrap.biasCorrectedAccelerated(
                    numbers.length, Bootstrap.Statistic.mean(values)))
            : Optional.empty(),
        InterquartileMean.of(values, bootstrap));
  }

  /** Number of seeds. */
  public int count() {
    return values.size();
  }

  /** The smallest value. */
  public double min() {
    return StatUtils.min(values.toArray());
  }

  /** The largest value. */
  public double max() {
    return StatUtils.max(values.toArray());
  }
}
