package org.grpo4j.experiment.statistics;

import java.util.List;
import java.util.stream.DoubleStream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;
import org.grpo4j.metric.WilsonInterval;

/**
 * The share of runs above each threshold: the run-score distribution of Agarwal et al. 2021 (Deep
 * Reinforcement Learning at the Edge of the Statistical Precipice)
 *
 * <pre>F(tau) = 1/n sum_i [y_i &gt; tau]</pre>
 *
 * <p>Where the profile of one kind of run lies above that of another at every threshold it is
 * better whatever statistic is asked; where two cross, the answer depends on it. The band is
 * Wilson's at 95 %, at each threshold for itself; the paper's bootstrap band has no width where all
 * runs, or none, are above.
 *
 * @param thresholds {@code tau}, ascending, {@code [K]}
 * @param share of runs that are above, {@code [K]}
 * @param low lower edge of the band, {@code [K]}
 * @param high upper edge of the band, {@code [K]}
 */
public record PerformanceProfile(
    DoubleVector thresholds, DoubleVector share, DoubleVector low, DoubleVector high) {

  private static final int MOST_THRESHOLDS = 160;

  /**
   * The profile of these runs.
   *
   * @param scores one a run, at least one, all finite
   * @param thresholds ascending, {@code [K]}
   */
  public static PerformanceProfile of(DoubleVector scores, DoubleVector thresholds) {
    Require.finite(scores, "scores");
    int count = thresholds.size();
    double[] share = new double[count];
    double[] low = new double[count];
    double[] high = new double[count];
    for (int k = 0; k < count; k++) {
      double threshold = thresholds.get(k);
      long above = DoubleStream.of(scores.toArray()).filter(score -> score > threshold).count();
      share[k] = (double) above / scores.size();
      WilsonInterval wilson = WilsonInterval.of(share[k], scores.size());
      low[k] = wilson.lower();
      high[k] = wilson.upper();
    }
    return new PerformanceProfile(
        thresholds, DoubleVector.of(share), DoubleVector.of(low), DoubleVector.of(high));
  }

  /**
   * Thresholds for the profiles of several kinds of runs in one picture: every score there is, or
   * evenly spaced ones if those are too many, and before them one below all.
   *
   * @param kinds scores of each kind, at least one in all
   */
  public static DoubleVector thresholds(List<DoubleVector> kinds) {
    double[] scores =
        kinds.stream()
            .flatMapToDouble(one -> DoubleStream.of(one.toArray()))
            .sorted()
            .distinct()
            .toArray();
    double lowest = scores[0];
    double highest = scores[scores.length - 1];
    double below = lowest - Math.max(1e-3, 0.04 * (highest - lowest));
    if (scores.length > MOST_THRESHOLDS) {
      double step = (highest - lowest) / (MOST_THRESHOLDS - 1);
      scores =
          DoubleStream.iterate(0, k -> k + 1)
              .limit(MOST_THRESHOLDS)
              .map(k -> k == MOST_THRESHOLDS - 1 ? highest : lowest + k * step)
              .toArray();
    }
    return DoubleVector.of(
        DoubleStream.concat(DoubleStream.of(below), DoubleStream.of(scores)).toArray());
  }
}
