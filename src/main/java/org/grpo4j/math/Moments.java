package org.grpo4j.math;

import java.util.Arrays;
import java.util.Optional;

/**
 * Mean and spread of some numbers.
 *
 * <p>Equal numbers are recognised by comparing them: their mean is then exactly the first of them
 * and their spread exactly 0. Computed, it need not be so: the mean of three rewards of 0.1 comes
 * out as 0.10000000000000002, and dividing by the tiny deviation that results makes an advantage
 * out of nothing. For the same reason numbers that differ by {@value #EQUAL_UP_TO} of the largest
 * or less are equal: a reward of {@code 0.1 + 0.2} and one of 0.3 differ in their last bit only.
 *
 * @param count how many numbers
 * @param mean their mean, {@code NaN} if there is none
 * @param sumOfSquaredDeviations sum of {@code (x - mean)^2}
 * @param allEqual true if no two differ by more than rounding; true for one number and for none
 */
public record Moments(int count, double mean, double sumOfSquaredDeviations, boolean allEqual) {

  /** 16 units in the last place: what rounding does to sums of a few weighted parts. */
  static final double EQUAL_UP_TO = 0x1p-48;

  /** The moments of all {@code values}; {@code NaN} among them makes the moments {@code NaN}. */
  public static Moments of(double... values) {
    int count = values.length;
    if (count == 0) {
      return new Moments(0, Double.NaN, 0, true);
    }
    double least = values[0];
    double largest = values[0];
    double sum = 0;
    for (double value : values) {
      least = Math.min(least, value);
      largest = Math.max(largest, value);
      sum += value;
    }
    double magnitude = Math.max(Math.abs(least), Math.abs(largest));
    boolean closeTogether =
        Double.isFinite(magnitude) && largest - least <= EQUAL_UP_TO * magnitude;
    if (least == largest || closeTogether) {
      return new Moments(count, values[0], 0, true);
    }
    double mean = sum / count;
    double sumOfSquaredDeviations = 0;
    for (double value : values) {
      sumOfSquaredDeviations += (value - mean) * (value - mean);
    }
    return new Moments(count, mean, sumOfSquaredDeviations, false);
  }

  /** The moments of the {@code values} that are there; {@code NaN} stands for a missing one. */
  public static Moments ofPresent(double... values) {
    int present = 0;
    for (double value : values) {
      present += Double.isNaN(value) ? 0 : 1;
    }
    double[] kept = new double[present];
    int next = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        kept[next++] = value;
      }
    }
    return of(kept);
  }

  /** The moments of the entries of {@code table} where {@code mask} is 1. */
  public static Moments ofMasked(TokenTable table, TokenTable mask) {
    double[] kept = new double[Masks.count(mask)];
    int next = 0;
    for (int i = 0; i < table.rows(); i++) {
      for (int t = 0; t < table.length(i); t++) {
        if (mask.get(i, t) != 0) {
          kept[next++] = table.get(i, t);
        }
      }
    }
    return of(kept);
  }

  /**
   * The value below which a share of the numbers is, interpolated between neighbours; {@code NaN}
   * of none.
   *
   * @param share in [0, 1]
   */
  public static double quantile(double[] values, double share) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = share * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** Whether the numbers are all equal; empty for fewer than two, which nobody can compare. */
  public Optional<Boolean> compared() {
    return count < 2 ? Optional.empty() : Optional.of(allEqual);
  }

  /** Divisor {@code n - 1}; {@code NaN} for fewer than two numbers, of which it is undefined. */
  public double sampleVariance() {
    return count < 2 ? Double.NaN : sumOfSquaredDeviations / (count - 1);
  }

  /** Divisor {@code n}; 0 for one number, {@code NaN} for none. */
  public double populationVariance() {
    return sumOfSquaredDeviations / count;
  }

  /** Root of {@link #sampleVariance()}. */
  public double sampleStandardDeviation() {
    return Math.sqrt(sampleVariance());
  }

  /** Root of {@link #populationVariance()}. */
  public double populationStandardDeviation() {
    return Math.sqrt(populationVariance());
  }
}
