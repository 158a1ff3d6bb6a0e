package org.grpo4j.metric;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;

/**
 * Lengths of completions in tokens, the end token included.
 *
 * @param mean over all completions ({@code completions/mean_length}); {@code NaN} for none
 * @param min shortest
 * @param max longest
 * @param truncatedShare share that the limit cut off ({@code completions/clipped_ratio})
 * @param terminatedMean mean over those that ended by themselves; {@code NaN} if none did
 * @param terminatedMin shortest of those; {@code NaN} if none
 * @param terminatedMax longest of those; {@code NaN} if none
 */
public record LengthStatistics(
    double mean,
    double min,
    double max,
    double truncatedShare,
    double terminatedMean,
    double terminatedMin,
    double terminatedMax) {

  /**
   * The statistics of these completions.
   *
   * @param lengths {@code [N]}
   * @param truncated 1 for each that was cut off, else 0, {@code [N]}
   */
  public static LengthStatistics of(DoubleVector lengths, DoubleVector truncated) {
    if (lengths.size() != truncated.size()) {
      throw new IllegalArgumentException(
          "truncated: must be " + lengths.size() + " entries, got " + truncated.size());
    }
    double[] all = lengths.toArray();
    double[] terminated = new double[all.length];
    for (int i = 0; i < all.length; i++) {
      terminated[i] = truncated.get(i) != 0 ? Double.NaN : all[i];
    }
    Moments ofTerminated = Moments.ofPresent(terminated);
    return new LengthStatistics(
        Moments.of(all).mean(),
        min(all),
        max(all),
        Moments.of(truncated.toArray()).mean(),
        ofTerminated.mean(),
        min(terminated),
        max(terminated));
  }

  private static double min(double[] values) {
    double min = Double.NaN;
    for (double value : values) {
      min = value < min || Double.isNaN(min) ? value : min;
    }
    return min;
  }

  private static double max(double[] values) {
    double max = Double.NaN;
    for (double value : values) {
      max = value > max || Double.isNaN(max) ? value : max;
    }
    return max;
  }
}
