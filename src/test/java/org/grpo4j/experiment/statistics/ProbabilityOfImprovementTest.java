package org.grpo4j.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

class ProbabilityOfImprovementTest {

  /** By hand: of (1, 2, 3), 2 wins 1.5, 3 wins 2.5, 4 wins 3, and 2 again 1.5: 8.5 of 12. */
  @Test
  void unpairedCountsEveryPairAndTiesHalf() {
    assertEquals(8.5 / 12, unpaired(new double[] {1, 2, 3}, new double[] {2, 3, 4, 2}), 1e-15);
    assertEquals(0.5, unpaired(new double[] {0.0}, new double[] {-0.0}));
  }

  /** By hand: above, equal, below, above: 2.5 of 4. */
  @Test
  void pairedCountsSeeds() {
    ProbabilityOfImprovement paired =
        ProbabilityOfImprovement.paired(DoubleVector.of(1, 2, 3, 4), DoubleVector.of(2, 2, 1, 9));
    assertEquals(2.5 / 4, paired.value());
  }

  /** Wilson's interval of 5 of 5: from n / (n + z^2) = 5 / 8.8415 to 1. */
  @Test
  void winningEverySeedIsNotCertainty() {
    ConfidenceInterval interval =
        ProbabilityOfImprovement.paired(DoubleVector.constant(5, 0), DoubleVector.of(1, 2, 3, 4, 5))
            .interval()
            .orElseThrow();
    assertEquals(5 / (5 + 1.959963984540054 * 1.959963984540054), interval.low(), 1e-12);
    assertEquals(1, interval.high());
  }

  /** Mann and Whitney's U of commons-math, which is the larger of the two, and all pairs. */
  @Test
  void unpairedIsMannWhitneyOverTheNumberOfPairs() {
    SplittableRandom random = new SplittableRandom(2);
    for (int trial = 0; trial < 200; trial++) {
      double[] first = random.ints(random.nextInt(1, 20), 0, 9).asDoubleStream().toArray();
      double[] other = random.ints(random.nextInt(1, 20), 2, 11).asDoubleStream().toArray();
      double wins = 0;
      for (double y : other) {
        for (double x : first) {
          wins += y > x ? 1 : y == x ? 0.5 : 0;
        }
      }
      double pairs = (double) first.length * other.length;
      double found = unpaired(first, other);
      assertEquals(wins / pairs, found, 1e-12);
      double u = new MannWhitneyUTest().mannWhitneyU(first, other);
      assertEquals(u / pairs, Math.max(found, 1 - found), 1e-12);
    }
  }

  /**
   * By hand: x from (0, 1) and y from (0.5, 2), each drawn twice for itself. With x = 0, 0 (1/4)
   * the share is 1; with 0, 1 (1/2) it is 0.5, 0.75, 1 (1/4, 1/2, 1/4); with 1, 1 it is 0, 0.5, 1.
   * So 0 has 1/16, 0.5 has 1/4, 0.75 has 1/4, 1 the rest. Drawn in pairs it would never be below
   * 0.75.
   */
  @Test
  void eitherKindIsDrawnForItself() {
    DoubleVector first = DoubleVector.of(0, 1);
    DoubleVector other = DoubleVector.of(0.5, 2);
    assertEquals(0.5, low(first, other, 0.8), "the tenth is above 1/16 and below 5/16");
    assertEquals(0, low(first, other, 0.9), "the twentieth is below 1/16");
    assertEquals(0.75, low(first, other, 0.3), "0.35 is above 5/16 and below 9/16");
  }

  private static double low(DoubleVector first, DoubleVector other, double confidence) {
    Bootstrap bootstrap = new Bootstrap(40_000, confidence, 3);
    return ProbabilityOfImprovement.unpaired(first, other, bootstrap)
        .interval()
        .orElseThrow()
        .low();
  }

  @Test
  void oneRunHasNoIntervalAndNotANumberIsRefused() {
    DoubleVector one = DoubleVector.of(1);
    DoubleVector two = DoubleVector.of(1, 2);
    assertTrue(
        ProbabilityOfImprovement.unpaired(one, two, Bootstrap.STANDARD).interval().isEmpty());
    assertTrue(ProbabilityOfImprovement.paired(one, one).interval().isEmpty());
    assertThrows(IllegalArgumentException.class, () -> ProbabilityOfImprovement.paired(one, two));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ProbabilityOfImprovement.unpaired(
                DoubleVector.of(Double.NaN), two, Bootstrap.STANDARD));
  }

  private static double unpaired(double[] first, double[] other) {
    Bootstrap quick = new Bootstrap(10, 0.95, 1);
    return ProbabilityOfImprovement.unpaired(DoubleVector.of(first), DoubleVector.of(other), quick)
        .value();
  }
}
