package org.grpo4j.experiment.statistics;

import org.apache.commons.math3.distribution.TDistribution;

/** Student's t about the mean of a few numbers, at least two. */
final class StudentT {

  private StudentT() {}

  /** The quantile that an interval of this confidence reaches to, in standard errors. */
  static double quantile(int count, double confidence) {
    return new TDistribution(null, count - 1.0).inverseCumulativeProbability((1 + confidence) / 2);
  }

  /** Half the width of the interval of the mean. */
  static double halfWidth(double quantile, double sampleStandardDeviation, int count) {
    return quantile * sampleStandardDeviation / Math.sqrt(count);
  }

  /**
   * The probability of such a mean, or one further from zero, if the truth is zero. Below {@code 1
   * - confidence} exactly where the interval leaves out zero; without any deviation 0, or 1 if the
   * mean is zero.
   */
  static double twoSidedPValue(double mean, double sampleStandardDeviation, int count) {
    if (mean == 0) {
      return 1;
    }
    double distance = Math.abs(mean) / (sampleStandardDeviation / Math.sqrt(count));
    return 2 * new TDistribution(null, count - 1.0).cumulativeProbability(-distance);
  }
}
