package org.grpo4j.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.apache.commons.math3.util.Combinations;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

class FewerSeedsTest {

  /**
   * By hand. All ten: mean 0.78, deviation 0.464, half width 2.262 x 0.464 / sqrt(10) = 0.33: more.
   * Of the 45 pairs 28 are (1, 1), without deviation: more. 16 are (1, -0.1): mean 0.45, half width
   * 12.7 x 1.1 / 2: not shown. One is (-0.1, -0.1): less, the opposite.
   */
  @Test
  void allPairsOfTenSeeds() {
    DoubleVector differences = DoubleVector.of(1, 1, 1, 1, 1, 1, 1, 1, -0.1, -0.1);
    FewerSeeds pairs = FewerSeeds.of(differences, 2, 0.95, 1);
    assertEquals(new FewerSeeds(2, 45, true, Verdict.MORE, 28, 16, 1, 1), pairs);
    assertEquals(17, pairs.differing());
    assertEquals(1, pairs.opposite());
  }

  /**
   * By hand. All six: mean 0.583, deviation 1.02, half width 2.571 x 1.02 / sqrt(6) = 1.07: not
   * shown. The 10 pairs of those near 1 differ by 0.04 at most, half width 12.7 x 0.04 / 2 = 0.25:
   * more. The 5 with -1.5 have a mean below 0 and are not shown.
   */
  @Test
  void whenAllSeedsShowNothingSubsetsCanStillSaySomething() {
    DoubleVector differences = DoubleVector.of(1, 1.01, 0.99, 1.02, 0.98, -1.5);
    FewerSeeds pairs = FewerSeeds.of(differences, 2, 0.95, 1);
    assertEquals(new FewerSeeds(2, 15, true, Verdict.NOT_SHOWN, 10, 5, 0, 5), pairs);
    assertEquals(10, pairs.differing());
    assertEquals(0, pairs.opposite());
  }

  /** Every subset of 5 of 24, by commons-math's t test, against 10,000 drawn ones. */
  @Test
  void drawnSubsetsAreLikeAll() {
    SplittableRandom random = new SplittableRandom(4);
    double[] differences = new double[24];
    Arrays.setAll(differences, i -> random.nextGaussian() + 0.7);
    double[] counts = new double[3];
    int subsets = 0;
    TTest test = new TTest();
    for (int[] rows : new Combinations(24, 5)) {
      double[] values = Arrays.stream(rows).mapToDouble(row -> differences[row]).toArray();
      double mean = StatUtils.mean(values);
      counts[test.tTest(0, values) >= 0.05 ? 1 : mean > 0 ? 0 : 2]++;
      subsets++;
    }
    FewerSeeds drawn = FewerSeeds.of(DoubleVector.of(differences), 5, 0.95, 1);
    assertFalse(drawn.isExhaustive());
    assertEquals(FewerSeeds.MOST_SUBSETS, drawn.subsets());
    assertEquals(drawn.subsets(), drawn.more() + drawn.notShown() + drawn.less());
    // Five standard errors of a share of 10,000 are at most 0.025.
    assertEquals(counts[0] / subsets, drawn.more() / 10_000.0, 0.025);
    assertEquals(counts[1] / subsets, drawn.notShown() / 10_000.0, 0.025);
    assertEquals(counts[2] / subsets, drawn.less() / 10_000.0, 0.025);
    assertEquals(drawn, FewerSeeds.of(DoubleVector.of(differences), 5, 0.95, 1), "same every time");
  }

  /** The subset of all seeds is asked by the rule that the whole comparison goes by. */
  @Test
  void theRuleIsThatOfTheComparison() {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 50; trial++) {
      double[] differences = new double[12];
      Arrays.setAll(differences, i -> random.nextGaussian() + 0.6);
      DoubleVector other = DoubleVector.of(differences);
      PairedComparison all =
          PairedComparison.of(
              DoubleVector.constant(12, 0), other, false, new Bootstrap(10, 0.95, 1));
      FewerSeeds same = FewerSeeds.of(other, 12, 0.95, 1);
      assertEquals(all.verdict(), same.full());
      assertEquals(0, same.differing());
      assertEquals(all.tTestPValue() < 0.05, all.verdict() != Verdict.NOT_SHOWN);
      assertEquals(new TTest().tTest(0, differences), all.tTestPValue(), 1e-10);
    }
  }

  @Test
  void asksForAtMostHalfOfTheSeedsAndOnlyIfThereAreMany() {
    assertTrue(sizes(19).length == 0);
    assertEquals("[3, 5, 10]", Arrays.toString(sizes(20)));
    assertEquals("[3, 5, 10, 20, 50]", Arrays.toString(sizes(100)));
  }

  private static int[] sizes(int seeds) {
    return FewerSeeds.of(DoubleVector.constant(seeds, 1), 0.95, 1).stream()
        .mapToInt(FewerSeeds::seeds)
        .toArray();
  }
}
