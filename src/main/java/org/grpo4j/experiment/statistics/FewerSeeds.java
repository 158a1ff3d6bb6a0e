package org.grpo4j.experiment.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.Combinations;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;

/**
 * The word of fewer seeds: the verdict of Student's interval, the rule of {@link
 * PairedComparison#verdict}, for subsets of the seeds. Every number is a number of subsets.
 *
 * <p>Subsets of {@code k} out of {@code n} seeds overlap, and agree with all {@code n} more often
 * than {@code k} fresh seeds would: the variance of their mean about that of all is {@code 1 - k/n}
 * of what it would be about the truth. That is why {@code k} goes up to {@code n/2} only.
 *
 * @param seeds size of the subsets, {@code k}
 * @param subsets how many were asked
 * @param isExhaustive whether these are all subsets of this size there are
 * @param full the verdict of all seeds
 * @param more subsets that say more
 * @param notShown subsets that say nothing
 * @param less subsets that say less
 * @param otherSign subsets whose mean difference has the other sign than that of all seeds,
 *     whatever their interval says
 */
public record FewerSeeds(
    int seeds,
    int subsets,
    boolean isExhaustive,
    Verdict full,
    int more,
    int notShown,
    int less,
    int otherSign) {

  /** The smallest number of seeds that is worth the question. */
  public static final int MANY = 20;

  /** All subsets of a size are asked if there are no more; otherwise so many, drawn at random. */
  public static final int MOST_SUBSETS = 10_000;

  private static final DoubleVector SIZES = DoubleVector.of(3, 5, 10, 20, 50);

  /**
   * The verdicts of 3, 5, 10, 20 and 50 seeds, as far as they are at most half of all; none if
   * there are fewer than {@value #MANY} seeds.
   *
   * @param differences one a seed
   * @param confidence of the interval
   * @param seed of the draws, which are the same every time
   */
  static List<FewerSeeds> of(DoubleVector differences, double confidence, long seed) {
    List<FewerSeeds> answers = new ArrayList<>();
    int all = differences.size();
    for (double size : SIZES.toArray()) {
      if (all >= MANY && 2 * size <= all) {
        answers.add(of(differences, (int) size, confidence, seed));
      }
    }
    return answers;
  }

  /** The verdicts of subsets of {@code size}, from 2 to the number of differences. */
  static FewerSeeds of(DoubleVector differences, int size, double confidence, long seed) {
    int all = differences.size();
    double[] everySeed = differences.toArray();
    double sign = Math.signum(StatUtils.mean(everySeed));
    Verdict full = verdict(everySeed, StudentT.quantile(all, confidence));
    double quantile = StudentT.quantile(size, confidence);
    boolean isExhaustive = CombinatoricsUtils.binomialCoefficientDouble(all, size) <= MOST_SUBSETS;
    Iterator<int[]> subsets =
        isExhaustive ? new Combinations(all, size).iterator() : drawn(all, size, seed);
    double[] values = new double[size];
    int[] verdicts = new int[Verdict.values().length];
    int asked = 0;
    int otherSign = 0;
    while (subsets.hasNext()) {
      int[] rows = subsets.next();
      Arrays.setAll(values, i -> everySeed[rows[i]]);
      verdicts[verdict(values, quantile).ordinal()]++;
      otherSign += sign * StatUtils.mean(values) < 0 ? 1 : 0;
      asked++;
    }
    return new FewerSeeds(
        size,
        asked,
        isExhaustive,
        full,
        verdicts[Verdict.MORE.ordinal()],
        verdicts[Verdict.NOT_SHOWN.ordinal()],
        verdicts[Verdict.LESS.ordinal()],
        otherSign);
  }

  /** Subsets that say something else than all seeds do. */
  public int differing() {
    return subsets - (full == Verdict.MORE ? more : full == Verdict.LESS ? less : notShown);
  }

  /** Subsets that say the opposite of what all seeds do; 0 if those say nothing. */
  public int opposite() {
    return full == Verdict.MORE ? less : full == Verdict.LESS ? more : 0;
  }

  private static Verdict verdict(double[] values, double quantile) {
    double mean = StatUtils.mean(values);
    double deviation = Math.sqrt(StatUtils.variance(values, mean));
    double halfWidth = StudentT.halfWidth(quantile, deviation, values.length);
    return Verdict.of(mean - halfWidth, mean + halfWidth);
  }

  /** Subsets at random: each is the beginning of a shuffled list, shuffled as far as it is used. */
  private static Iterator<int[]> drawn(int all, int size, long seed) {
    SplittableRandom random = new RandomStreams(seed).stream(Purpose.SEED_SUBSETS, size);
    int[] order = IntStream.range(0, all).toArray();
    return Stream.generate(
            () -> {
              for (int i = 0; i < size; i++) {
                int other = random.nextInt(i, all);
                int swapped = order[i];
                order[i] = order[other];
                order[other] = swapped;
              }
              return Arrays.copyOf(order, size);
            })
        .limit(MOST_SUBSETS)
        .iterator();
  }
}
