package org.grpo4j.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

class WilcoxonSignedRankTest {

  /**
   * Hollander and Wolfe's depression scores, the example of R's wilcox.test: V = 40, p = 2/51.2.
   */
  @Test
  void theTextbookExample() {
    double[] before = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
    double[] after = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
    WilcoxonSignedRank test = of(differences(before, after));
    assertEquals(40, test.positiveRankSum());
    assertEquals(5, test.negativeRankSum());
    assertEquals(20 / 512.0, test.twoSidedPValue(), 1e-15);
    assertEquals(35 / 45.0, test.rankBiserial(), 1e-15);
    assertTrue(test.exact());
    assertFalse(test.tied());
  }

  @Test
  void theSmallestPValueOfFiveSeedsIsOneSixteenth() {
    WilcoxonSignedRank test = of(0.01, 0.02, 0.03, 0.04, 0.05);
    assertEquals(0.0625, test.twoSidedPValue());
    assertEquals(1, test.rankBiserial());
  }

  @Test
  void exactPValuesEqualTheEnumerationOfAllSigns() {
    SplittableRandom random = new SplittableRandom(1);
    for (int repeat = 0; repeat < 200; repeat++) {
      double[] differences = new double[1 + random.nextInt(9)];
      for (int i = 0; i < differences.length; i++) {
        differences[i] = random.nextInt(9) - 4; // many ties and zeros
      }
      assertEquals(
          enumeratedPValue(differences),
          of(differences).twoSidedPValue(),
          1e-14,
          Arrays.toString(differences));
    }
  }

  @Test
  void equalsCommonsMathWithoutTiesAndZeros() {
    SplittableRandom random = new SplittableRandom(2);
    var oracle = new org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest();
    for (int size = 2; size <= 12; size++) {
      double[] first = random.doubles(size).toArray();
      double[] other = random.doubles(size, 0.2, 1.2).toArray();
      WilcoxonSignedRank test = of(differences(other, first));
      double expected = oracle.wilcoxonSignedRankTest(first, other, true);
      assertEquals(Math.min(1, expected), test.twoSidedPValue(), 1e-12);
    }
  }

  /** Computed with scipy 1.17.1: wilcoxon(d, zero_method="wilcox", correction=True, approx). */
  @Test
  void aboveThirtyTheNormalApproximationKnowsTies() {
    WilcoxonSignedRank test =
        of(
            0.6, 1.1, 0.6, -1.0, 1.2, 0.7, -0.2, 0.9, 0.7, 0.6, 0.3, 0.8, -0.4, 0.1, -0.2, 0.9, 0.3,
            0.0, -0.5, 0.0, 0.3, 0.0, 1.6, 1.3, -2.4, -1.6, 0.1, -0.1, 0.5, 0.5, 2.4, -0.8, -0.1,
            2.3, 0.9, 1.0, -0.2, -1.3, 0.5, 0.4);
    assertFalse(test.exact());
    assertTrue(test.tied());
    assertEquals(3, test.zeros());
    assertEquals(37, test.used());
    assertEquals(200.5, test.negativeRankSum());
    assertEquals(0.023093997667365803, test.twoSidedPValue(), 1e-12);
  }

  @Test
  void differencesThatAreEqualOnPaperAreTied() {
    WilcoxonSignedRank test = of(0.9 - 0.88, 0.92 - 0.9, 0.5);
    assertTrue(test.tied());
    assertEquals(6, test.positiveRankSum());
  }

  @Test
  void allZerosSayNothing() {
    WilcoxonSignedRank test = of(0, 0, 0);
    assertEquals(1, test.twoSidedPValue());
    assertEquals(0, test.rankBiserial());
    assertEquals(3, test.zeros());
  }

  private static WilcoxonSignedRank of(double... differences) {
    return WilcoxonSignedRank.of(DoubleVector.of(differences));
  }

  private static double[] differences(double[] other, double[] first) {
    double[] differences = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      differences[i] = other[i] - first[i];
    }
    return differences;
  }

  /** By definition: rank by counting, then try every assignment of signs. */
  private static double enumeratedPValue(double[] differences) {
    double[] used = Arrays.stream(differences).filter(d -> d != 0).toArray();
    double[] ranks = new double[used.length];
    double total = 0;
    double observed = 0;
    for (int i = 0; i < used.length; i++) {
      double size = Math.abs(used[i]);
      long smaller = Arrays.stream(used).filter(d -> Math.abs(d) < size).count();
      long equal = Arrays.stream(used).filter(d -> Math.abs(d) == size).count();
      ranks[i] = smaller + (equal + 1) / 2.0;
      total += ranks[i];
      observed += used[i] > 0 ? ranks[i] : 0;
    }
    double distance = Math.abs(observed - total / 2);
    int extreme = 0;
    for (int signs = 0; signs < 1 << used.length; signs++) {
      double sum = 0;
      for (int i = 0; i < used.length; i++) {
        sum += (signs >> i & 1) == 1 ? ranks[i] : 0;
      }
      extreme += Math.abs(sum - total / 2) >= distance ? 1 : 0;
    }
    return (double) extreme / (1 << used.length);
  }
}
