package org.grpo4j.experiment.statistics;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * Wilcoxon's signed-rank test of paired differences against a distribution that is symmetric about
 * zero: the absolute differences are ranked, and the ranks of the positive ones are added up.
 *
 * <p>Differences of zero are left out (Wilcoxon 1945). Tied absolute differences share the mean of
 * their ranks. Up to {@value #EXACT_UP_TO} differences the p-value is exact: the share of all
 * {@code 2^n} assignments of signs to these very ranks, ties included, that lie at least as far
 * from the middle. Above, it is the normal approximation with continuity and tie correction.
 *
 * <p>commons-math ranks for us, and its {@code WilcoxonSignedRankTest} is the oracle in tests; it
 * is not used itself because its exact p-value does not know ties or zeros and walks through all
 * {@code 2^n} assignments.
 *
 * @param used differences that are not zero
 * @param zeros differences left out because they are zero
 * @param tied whether some absolute differences are equal
 * @param positiveRankSum {@code W+}
 * @param negativeRankSum {@code W-}
 * @param exact whether the p-value is exact
 * @param twoSidedPValue probability of such a distance or a larger one without an effect; 1 if all
 *     differences are zero
 */
public record WilcoxonSignedRank(
    int used,
    int zeros,
    boolean tied,
    double positiveRankSum,
    double negativeRankSum,
    boolean exact,
    double twoSidedPValue) {

  /** The largest number of differences with an exact p-value. */
  public static final int EXACT_UP_TO = 30;

  /** The test of these differences, at least one, all finite. */
  public static WilcoxonSignedRank of(DoubleVector differences) {
    Require.finite(differences, "differences");
    double[] nonZero = Arrays.stream(quantised(differences)).filter(d -> d != 0).toArray();
    int zeros = differences.size() - nonZero.length;
    if (nonZero.length == 0) {
      return new WilcoxonSignedRank(0, zeros, false, 0, 0, true, 1);
    }
    double[] magnitudes = Arrays.stream(nonZero).map(Math::abs).toArray();
    double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(magnitudes);
    double positive = 0;
    double negative = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (nonZero[i] > 0) {
        positive += ranks[i];
      } else {
        negative += ranks[i];
      }
    }
    boolean tied = Arrays.stream(magnitudes).distinct().count() < magnitudes.length;
    boolean exact = nonZero.length <= EXACT_UP_TO;
    double smaller = Math.min(positive, negative);
    double pValue = exact ? exactPValue(ranks, smaller) : normalPValue(ranks, smaller);
    return new WilcoxonSignedRank(nonZero.length, zeros, tied, positive, negative, exact, pValue);
  }

  /**
   * The rank-biserial correlation {@code (W+ - W-) / (W+ + W-)} (Kerby 2014): from -1, all
   * differences negative, to 1, all positive; 0 if all are zero.
   */
  public double rankBiserial() {
    double total = positiveRankSum + negativeRankSum;
    return total == 0 ? 0 : (positiveRankSum - negativeRankSum) / total;
  }

  /**
   * The differences as multiples of a 1e-12th of the largest: two that are equal on paper must not
   * be told apart by the rounding of their last bit.
   */
  private static double[] quantised(DoubleVector differences) {
    double[] values = differences.toArray();
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    double quantum = largest == 0 ? 1 : largest * 1e-12;
    return Arrays.stream(values).map(d -> Math.rint(d / quantum)).toArray();
  }

  /** Twice the share of sign assignments whose positive ranks add up to {@code smaller} or less. */
  private static double exactPValue(double[] ranks, double smaller) {
    // Shared ranks are halves, so twice a rank is whole and sums can be counted one rank at a time.
    int[] doubledRanks = Arrays.stream(ranks).mapToInt(r -> (int) Math.round(2 * r)).toArray();
    double[] probabilityOfSum = new double[Arrays.stream(doubledRanks).sum() + 1];
    probabilityOfSum[0] = 1;
    int largest = 0;
    for (int rank : doubledRanks) {
      largest += rank;
      for (int sum = largest; sum >= 0; sum--) {
        double withRank = sum >= rank ? probabilityOfSum[sum - rank] : 0;
        probabilityOfSum[sum] = (probabilityOfSum[sum] + withRank) / 2;
      }
    }
    double tail = 0;
    for (int sum = 0; sum <= Math.round(2 * smaller); sum++) {
      tail += probabilityOfSum[sum];
    }
    return Math.min(1, 2 * tail);
  }

  /** Under no effect each rank counts or not with probability 1/2. */
  private static double normalPValue(double[] ranks, double smaller) {
    double mean = 0;
    double variance = 0;
    for (double rank : ranks) {
      mean += rank / 2;
      variance += rank * rank / 4;
    }
    double distance = Math.max(0, mean - smaller - 0.5);
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    return Math.min(1, 2 * normal.cumulativeProbability(-distance / Math.sqrt(variance)));
  }
}
