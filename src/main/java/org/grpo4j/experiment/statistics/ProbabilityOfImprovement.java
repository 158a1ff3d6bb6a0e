package org.grpo4j.experiment.statistics;

import java.util.Optional;
import java.util.stream.IntStream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * The probability that a run of one kind is better than a run of another (Agarwal et al. 2021, Deep
 * Reinforcement Learning at the Edge of the Statistical Precipice):
 *
 * <pre>P(Y &gt; X) = 1/(n m) sum_ij S(y_i, x_j),   S = 1 if y_i &gt; x_j, 1/2 if equal, 0 otherwise
 * </pre>
 *
 * <p>The interval draws seeds with replacement, both runs of a seed together: pairs share their
 * cold start, so drawing them apart, as the paper does for independent runs, would be wrong here.
 *
 * @param value the estimate, in [0, 1]
 * @param bootstrap percentile interval; none for one seed
 */
public record ProbabilityOfImprovement(double value, Optional<ConfidenceInterval> bootstrap) {

  /** That {@code other} is larger than {@code first}, paired by position. */
  public static ProbabilityOfImprovement of(
      DoubleVector first, DoubleVector other, Bootstrap bootstrap) {
    Require.finite(first, "first");
    Require.finite(other, "other");
    Require.sameSize(first, other, "other");
    int seeds = first.size();
    return new ProbabilityOfImprovement(
        share(first, other, IntStream.range(0, seeds).toArray()),
        seeds < 2
            ? Optional.empty()
            : Optional.of(bootstrap.percentile(seeds, rows -> share(first, other, rows))));
  }

  private static double share(DoubleVector first, DoubleVector other, int[] rows) {
    double wins = 0;
    for (int i : rows) {
      for (int j : rows) {
        double difference = other.get(i) - first.get(j);
        wins += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
      }
    }
    return wins / ((double) rows.length * rows.length);
  }
}
