package org.grpo4j.experiment.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * The interquartile mean: the mean of what is left when {@code floor(n / 4)} values are cut from
 * either side of the sorted {@code n}. Runs that failed or were lucky do not move it as they move
 * the mean, and it wavers less than the median (Agarwal et al. 2021, Deep Reinforcement Learning at
 * the Edge of the Statistical Precipice, where it is {@code scipy.stats.trim_mean} with 0.25).
 * Fewer than four values are all kept, so that it is their mean.
 *
 * @param value the estimate
 * @param bootstrap percentile interval, as there; none for one value
 */
public record InterquartileMean(double value, Optional<ConfidenceInterval> bootstrap) {

  /** That of these values, at least one, all finite. */
  public static InterquartileMean of(DoubleVector values, Bootstrap bootstrap) {
    Require.finite(values, "values");
    int count = values.size();
    Bootstrap.Statistic statistic = statistic(values);
    return new InterquartileMean(
        statistic.of(IntStream.range(0, count).toArray()),
        count < 2 ? Optional.empty() : Optional.of(bootstrap.percentile(count, statistic)));
  }

  /** The same as a function of rows, which may repeat: linear in their number. */
  public static Bootstrap.Statistic statistic(DoubleVector values) {
    double[] sorted = values.toArray();
    Arrays.sort(sorted);
    int[] times = new int[sorted.length];
    return rows -> {
      Arrays.fill(times, 0);
      for (int row : rows) {
        times[row]++;
      }
      return middle(sorted, times, rows.length);
    };
  }

  /** The mean of the middle of {@code count} values, of which {@code sorted[i]} is there often. */
  private static double middle(double[] sorted, int[] times, int count) {
    int from = count / 4;
    int to = count - from;
    double sum = 0;
    int place = 0;
    for (int i = 0; place < to; i++) {
      int kept = Math.min(to, place + times[i]) - Math.max(from, place);
      sum += Math.max(0, kept) * sorted[i];
      place += times[i];
    }
    return sum / (to - from);
  }
}
