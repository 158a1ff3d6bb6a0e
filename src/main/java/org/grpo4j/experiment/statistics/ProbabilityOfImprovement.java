package org.grpo4j.experiment.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;
import org.grpo4j.metric.WilsonInterval;

/**
 * The probability that a run of one kind, {@code y}, is better than a run of another, {@code x}. It
 * says how often, not by how much.
 *
 * @param value the estimate, in [0, 1]; equal runs count half
 * @param interval what the data allow, at 95 %; none if one of the kinds has one run
 */
public record ProbabilityOfImprovement(double value, Optional<ConfidenceInterval> interval) {

  private static final double WILSON_CONFIDENCE = 0.95;

  /**
   * With the same seed: the share of seeds in which {@code other} is larger. Its interval is
   * Wilson's, which has a width even if one of them wins in every seed.
   *
   * @param other one value a seed, in the order of {@code first}
   */
  public static ProbabilityOfImprovement paired(DoubleVector first, DoubleVector other) {
    Require.finite(first, "first");
    Require.finite(other, "other");
    Require.sameSize(first, other, "other");
    int seeds = first.size();
    double wins = 0;
    for (int i = 0; i < seeds; i++) {
      double difference = other.get(i) - first.get(i);
      wins += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
    }
    WilsonInterval wilson = WilsonInterval.of(wins / seeds, seeds);
    return new ProbabilityOfImprovement(
        wins / seeds,
        seeds < 2
            ? Optional.empty()
            : Optional.of(
                new ConfidenceInterval(wilson.lower(), wilson.upper(), WILSON_CONFIDENCE)));
  }

  /**
   * With seeds that have nothing in common (Agarwal et al. 2021, Deep Reinforcement Learning at the
   * Edge of the Statistical Precipice; the statistic of Mann and Whitney over {@code n m}):
   *
   * <pre>
   * P(Y &gt; X) = 1/(n m) sum_ij S(y_i, x_j),   S = 1 if y_i &gt; x_j, 1/2 if equal, 0 otherwise
   * </pre>
   *
   * <p>Its interval is the percentile bootstrap stratified as there: runs of either kind are drawn
   * among those of their kind. It has no width where every {@code y} is above every {@code x}.
   *
   * @param first {@code [n]}, at least one
   * @param other {@code [m]}, at least one
   */
  public static ProbabilityOfImprovement unpaired(
      DoubleVector first, DoubleVector other, Bootstrap bootstrap) {
    Require.finite(first, "first");
    Require.finite(other, "other");
    int[] sizes = {first.size(), other.size()};
    Bootstrap.StratifiedStatistic share = share(first, other);
    int[][] all = {IntStream.range(0, sizes[0]).toArray(), IntStream.range(0, sizes[1]).toArray()};
    return new ProbabilityOfImprovement(
        share.of(all),
        Math.min(sizes[0], sizes[1]) < 2
            ? Optional.empty()
            : Optional.of(bootstrap.percentile(sizes, share)));
  }

  /** The share of pairs that {@code other} wins, linear in the number of rows. */
  private static Bootstrap.StratifiedStatistic share(DoubleVector first, DoubleVector other) {
    double[] levels =
        Stream.of(first, other)
            .flatMapToDouble(values -> Arrays.stream(values.toArray()))
            .map(ProbabilityOfImprovement::withoutNegativeZero)
            .sorted()
            .distinct()
            .toArray();
    int[] ofFirst = levels(first, levels);
    int[] ofOther = levels(other, levels);
    return rows -> {
      int[] firstThere = times(rows[0], ofFirst, levels.length);
      int[] otherThere = times(rows[1], ofOther, levels.length);
      double wins = 0;
      int below = 0;
      for (int level = 0; level < levels.length; level++) {
        wins += otherThere[level] * (below + 0.5 * firstThere[level]);
        below += firstThere[level];
      }
      return wins / ((double) rows[0].length * rows[1].length);
    };
  }

  private static int[] levels(DoubleVector values, double[] levels) {
    return Arrays.stream(values.toArray())
        .map(ProbabilityOfImprovement::withoutNegativeZero)
        .mapToInt(value -> Arrays.binarySearch(levels, value))
        .toArray();
  }

  /** The number of these rows at each level. */
  private static int[] times(int[] rows, int[] levelOfRow, int levels) {
    int[] times = new int[levels];
    for (int row : rows) {
      times[levelOfRow[row]]++;
    }
    return times;
  }

  /** Sorting tells 0 and -0 apart; a comparison of runs must not. */
  private static double withoutNegativeZero(double value) {
    return value + 0.0;
  }
}
