package org.grpo4j.experiment.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * Bootstrap intervals: the statistic is computed again on many samples of {@code n} rows drawn with
 * replacement from the {@code n} rows there are (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapters 13 and 14).
 *
 * <p><b>Few seeds.</b> With 5 rows a nominal 95 % interval of a mean covers the truth in about 82 %
 * of experiments (percentile) because the spread of 5 numbers understates itself; with 10 rows in
 * about 90 %. That is why {@link PairedComparison} also holds the interval of Student's t.
 *
 * @param resamples number of samples drawn, at least 1
 * @param confidence nominal coverage, in (0, 1)
 * @param seed of the generator; every call starts it afresh
 */
public record Bootstrap(int resamples, double confidence, long seed) {

  /** The bootstrap of reports: 10,000 resamples, 95 %. */
  public static final Bootstrap STANDARD = new Bootstrap(10_000, 0.95, 1993);

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  public Bootstrap {
    Require.that(resamples >= 1, "resamples", "at least 1", resamples);
    Require.that(confidence > 0 && confidence < 1, "confidence", "in (0, 1)", confidence);
  }

  /** A number computed from some of the rows, each given by its index and possibly repeated. */
  @FunctionalInterface
  public interface Statistic {

    /** The statistic of these rows. */
    double of(int[] rows);

    /** The mean of the sample. */
    static Statistic mean(DoubleVector sample) {
      return rows -> {
        double sum = 0;
        for (int row : rows) {
          sum += sample.get(row);
        }
        return sum / rows.length;
      };
    }
  }

  /** A number computed from some of the rows of each stratum: {@code [strata][rows]}. */
  @FunctionalInterface
  public interface StratifiedStatistic {

    /** The statistic of these rows. */
    double of(int[][] rows);
  }

  /**
   * The percentile interval: the middle {@code confidence} of the resampled statistics.
   *
   * @param rowCount {@code n}, at least 1
   */
  public ConfidenceInterval percentile(int rowCount, Statistic statistic) {
    return percentile(new int[] {rowCount}, rows -> statistic.of(rows[0]));
  }

  /**
   * The same where rows come in strata: as many are drawn from each as it has, and none from
   * another.
   *
   * @param rowCounts rows of each stratum, each at least 1
   */
  public ConfidenceInterval percentile(int[] rowCounts, StratifiedStatistic statistic) {
    double[] resampled = resample(rowCounts, statistic);
    double tail = (1 - confidence) / 2;
    return interval(resampled, tail, 1 - tail);
  }

  /**
   * The bias-corrected and accelerated interval (BCa): the percentile interval, shifted for the
   * median bias and for a spread that changes with the value (Efron 1987). Where all resamples
   * agree it is that point.
   *
   * @param rowCount {@code n}, at least 2
   */
  public ConfidenceInterval biasCorrectedAccelerated(int rowCount, Statistic statistic) {
    Require.that(rowCount >= 2, "rowCount", "at least 2", rowCount);
    double[] resampled = resample(new int[] {rowCount}, rows -> statistic.of(rows[0]));
    double tail = (1 - confidence) / 2;
    double acceleration = acceleration(rowCount, statistic);
    int[] allRows = IntStream.range(0, rowCount).toArray();
    double bias = medianBias(resampled, statistic.of(allRows));
    return interval(
        resampled,
        correctedTail(tail, bias, acceleration),
        correctedTail(1 - tail, bias, acceleration));
  }

  private static double correctedTail(double tail, double bias, double acceleration) {
    double z = bias + NORMAL.inverseCumulativeProbability(tail);
    return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
  }

  /** The distance of the statistic from the median of its resamples, in normal deviations. */
  private static double medianBias(double[] sorted, double observed) {
    double tolerance = 1e-12 * Math.max(1, Math.abs(observed));
    double below = 0;
    for (double value : sorted) {
      if (value < observed - tolerance) {
        below += 1;
      } else if (value <= observed + tolerance) {
        below += 0.5;
      }
    }
    double smallest = 0.5 / sorted.length;
    double share = Math.min(1 - smallest, Math.max(smallest, below / sorted.length));
    return NORMAL.inverseCumulativeProbability(share);
  }

  /** A sixth of the skewness of the statistic with one row left out. */
  private static double acceleration(int rowCount, Statistic statistic) {
    double[] leftOut = new double[rowCount];
    double mean = 0;
    for (int out = 0; out < rowCount; out++) {
      int[] rows = new int[rowCount - 1];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = i < out ? i : i + 1;
      }
      leftOut[out] = statistic.of(rows);
      mean += leftOut[out] / rowCount;
    }
    double squares = 0;
    double cubes = 0;
    for (double value : leftOut) {
      double gap = mean - value;
      squares += gap * gap;
      cubes += gap * gap * gap;
    }
    return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
  }

  /** The resampled statistics in ascending order. */
  private double[] resample(int[] rowCounts, StratifiedStatistic statistic) {
    for (int rowCount : rowCounts) {
      Require.that(rowCount >= 1, "rowCount", "at least 1", rowCount);
    }
    RandomGenerator random = new Well19937c(seed);
    double[] values = new double[resamples];
    int[][] rows = new int[rowCounts.length][];
    Arrays.setAll(rows, stratum -> new int[rowCounts[stratum]]);
    for (int b = 0; b < resamples; b++) {
      for (int[] stratum : rows) {
        for (int i = 0; i < stratum.length; i++) {
          stratum[i] = random.nextInt(stratum.length);
        }
      }
      values[b] = statistic.of(rows);
      Require.that(!Double.isNaN(values[b]), "statistic: must not be NaN");
    }
    Arrays.sort(values);
    return values;
  }

  private ConfidenceInterval interval(double[] sorted, double lowShare, double highShare) {
    Percentile quantile = new Percentile().withEstimationType(EstimationType.R_7);
    quantile.setData(sorted);
    double low = at(quantile, sorted, lowShare);
    double high = at(quantile, sorted, highShare);
    return new ConfidenceInterval(Math.min(low, high), Math.max(low, high), confidence);
  }

  private static double at(Percentile quantile, double[] sorted, double share) {
    return share <= 0 ? sorted[0] : quantile.evaluate(100 * share);
  }
}
