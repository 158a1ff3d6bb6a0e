package org.grpo4j.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

class PerformanceProfileTest {

  /** By hand: of 0.2, 0.5, 0.5, 0.9 all are above 0.1, three above 0.2, one above 0.5, none 0.9. */
  @Test
  void shareOfRunsAboveEachThreshold() {
    DoubleVector scores = DoubleVector.of(0.5, 0.2, 0.9, 0.5);
    DoubleVector thresholds = DoubleVector.of(0.1, 0.2, 0.5, 0.9);
    PerformanceProfile profile = PerformanceProfile.of(scores, thresholds);
    assertEquals(DoubleVector.of(1, 0.75, 0.25, 0), profile.share());
    // Wilson at 4 of 4: from n / (n + z^2) = 4 / 7.8415.
    assertEquals(4 / (4 + 1.959963984540054 * 1.959963984540054), profile.low().get(0), 1e-12);
    assertEquals(1, profile.high().get(0));
  }

  /** The area below a profile from 0 on is the mean, whatever the scores. */
  @Test
  void theAreaBelowIsTheMean() {
    SplittableRandom random = new SplittableRandom(6);
    DoubleVector scores = DoubleVector.of(random.doubles(50).toArray());
    DoubleVector thresholds = PerformanceProfile.thresholds(List.of(scores));
    PerformanceProfile profile = PerformanceProfile.of(scores, thresholds);
    double area = thresholds.get(0);
    for (int k = 1; k < thresholds.size(); k++) {
      area += profile.share().get(k - 1) * (thresholds.get(k) - thresholds.get(k - 1));
    }
    assertEquals(scores.sum() / 50, area, 1e-12);
  }

  /** Away from 0 and 1, and with a hundred runs, the paper's bootstrap gives the same band. */
  @Test
  void theBandIsNearlyThatOfTheBootstrap() {
    SplittableRandom random = new SplittableRandom(7);
    DoubleVector scores = DoubleVector.of(random.doubles(100).toArray());
    for (double threshold : new double[] {0.2, 0.5, 0.8}) {
      PerformanceProfile profile = PerformanceProfile.of(scores, DoubleVector.of(threshold));
      ConfidenceInterval bootstrap =
          Bootstrap.STANDARD.percentile(
              100,
              rows -> {
                double above = 0;
                for (int row : rows) {
                  above += scores.get(row) > threshold ? 1 : 0;
                }
                return above / rows.length;
              });
      assertEquals(bootstrap.low(), profile.low().get(0), 0.02);
      assertEquals(bootstrap.high(), profile.high().get(0), 0.02);
    }
  }

  @Test
  void thresholdsBeginBelowAllAndAreNeverTooMany() {
    DoubleVector few = DoubleVector.of(0.5, 1, 0.5);
    DoubleVector thresholds = PerformanceProfile.thresholds(List.of(few, DoubleVector.of(0)));
    assertEquals(DoubleVector.of(-0.04, 0, 0.5, 1), thresholds);
    double[] many = new SplittableRandom(8).doubles(10_000).toArray();
    DoubleVector spaced = PerformanceProfile.thresholds(List.of(DoubleVector.of(many)));
    assertEquals(161, spaced.size());
    assertTrue(spaced.get(0) < spaced.get(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> PerformanceProfile.of(DoubleVector.of(Double.NaN), few));
  }
}
