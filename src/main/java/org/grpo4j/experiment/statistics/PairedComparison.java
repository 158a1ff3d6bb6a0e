package org.grpo4j.experiment.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * The same number measured in two experiments with the same seeds. Every difference is that of one
 * seed, {@code other - first}: what the seeds have in common, above all the cold start, cancels.
 *
 * @param differences one a seed, {@code [n]}
 * @param summary their mean, deviation and BCa bootstrap interval
 * @param studentT interval of the mean difference by Student's t, which is honest about few seeds
 *     if the differences are roughly normal; of shares not beyond -1 and 1; none for one seed
 * @param tTestPValue two-sided p-value of the same, below 0.05 where a 95 % interval leaves out
 *     zero; {@code NaN} for one seed
 * @param wilcoxon the signed-rank test
 * @param cohenDz effect size {@code mean / sampleStandardDeviation} of the differences; infinite if
 *     they are all the same and not zero, 0 if they are all zero, {@code NaN} for one seed
 * @param pairedProbabilityOfImprovement that a run of {@code other} is larger than that of {@code
 *     first} with the same seed
 * @param seedsNeeded see {@link RequiredSeeds#forEffect}
 * @param fewerSeeds what fewer seeds would have said; empty if there are few
 */
public record PairedComparison(
    DoubleVector differences,
    SampleSummary summary,
    Optional<ConfidenceInterval> studentT,
    double tTestPValue,
    WilcoxonSignedRank wilcoxon,
    double cohenDz,
    ProbabilityOfImprovement pairedProbabilityOfImprovement,
    double seedsNeeded,
    List<FewerSeeds> fewerSeeds) {

  public PairedComparison {
    fewerSeeds = List.copyOf(fewerSeeds);
  }

  /**
   * Compares {@code other} with {@code first}.
   *
   * @param first one value a seed
   * @param other the values of the same seeds in the same order
   * @param areShares whether both are shares: Student's t, which knows no bounds, is then cut to
   *     the differences that two shares can have, -1 to 1
   */
  public static PairedComparison of(
      DoubleVector first, DoubleVector other, boolean areShares, Bootstrap bootstrap) {
    Require.finite(first, "first");
    Require.finite(other, "other");
    Require.sameSize(first, other, "other");
    double[] differences = new double[first.size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = other.get(i) - first.get(i);
    }
    DoubleVector vector = DoubleVector.of(differences);
    SampleSummary summary = SampleSummary.of(vector, bootstrap);
    double effect = cohenDz(summary);
    return new PairedComparison(
        vector,
        summary,
        studentT(summary, bootstrap.confidence(), areShares ? 1 : Double.POSITIVE_INFINITY),
        summary.count() < 2
            ? Double.NaN
            : StudentT.twoSidedPValue(
                summary.mean(), summary.sampleStandardDeviation(), summary.count()),
        WilcoxonSignedRank.of(vector),
        effect,
        ProbabilityOfImprovement.paired(first, other),
        RequiredSeeds.forEffect(effect),
        FewerSeeds.of(vector, bootstrap.confidence(), bootstrap.seed()));
  }

  /** The mean difference. */
  public double mean() {
    return summary.mean();
  }

  /** The verdict of Student's interval. */
  public Verdict verdict() {
    return studentT
        .map(interval -> Verdict.of(interval.low(), interval.high()))
        .orElse(Verdict.ONE_SEED);
  }

  /** Seeds in which {@code other} is larger. */
  public int wins() {
    return (int) Arrays.stream(differences.toArray()).filter(one -> one > 0).count();
  }

  private static double cohenDz(SampleSummary differences) {
    if (differences.count() < 2) {
      return Double.NaN;
    }
    // Differences that are equal on paper may differ in the last bit: min and max decide.
    double spread = differences.max() - differences.min();
    double scale = Math.max(Math.abs(differences.min()), Math.abs(differences.max()));
    if (spread <= 1e-12 * scale) {
      return differences.mean() == 0
          ? 0
          : Math.copySign(Double.POSITIVE_INFINITY, differences.mean());
    }
    return differences.mean() / differences.sampleStandardDeviation();
  }

  private static Optional<ConfidenceInterval> studentT(
      SampleSummary differences, double confidence, double most) {
    int seeds = differences.count();
    if (seeds < 2) {
      return Optional.empty();
    }
    double halfWidth =
        StudentT.halfWidth(
            StudentT.quantile(seeds, confidence), differences.sampleStandardDeviation(), seeds);
    return Optional.of(
        new ConfidenceInterval(
            Math.max(-most, differences.mean() - halfWidth),
            Math.min(most, differences.mean() + halfWidth),
            confidence));
  }
}
