package org.grpo4j.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.random.Well19937c;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  private static final DoubleVector SKEWED = DoubleVector.of(0.2, 0.5, 0.9, 1.4, 6.0);

  private static final DoubleVector SPATIAL =
      DoubleVector.of(
          48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24,
          26, 30, 41);

  /** Of the 27 resamples of (0, 1, 5) one in 27 is all 0 and one all 5: 95 % cuts neither off. */
  @Test
  void percentileEndsOfThreeValuesByEnumeration() {
    DoubleVector sample = DoubleVector.of(0, 1, 5);
    ConfidenceInterval interval =
        Bootstrap.STANDARD.percentile(3, Bootstrap.Statistic.mean(sample));
    assertEquals(0, interval.low());
    assertEquals(5, interval.high());
    // 80 %: the tenth is 1/3 (mass 1/27 at 0, then 3/27 at 1/3), the upper one 11/3 (4/27 above).
    ConfidenceInterval narrower =
        new Bootstrap(50_000, 0.8, 7).percentile(3, Bootstrap.Statistic.mean(sample));
    assertEquals(1 / 3.0, narrower.low(), 1e-15);
    assertEquals(11 / 3.0, narrower.high(), 1e-15);
  }

  /** Ends computed with scipy 1.17.1, 400,000 resamples. */
  @Test
  void skewedSampleAgreesWithScipy() {
    Bootstrap.Statistic mean = Bootstrap.Statistic.mean(SKEWED);
    Bootstrap bootstrap = new Bootstrap(100_000, 0.95, 1);
    ConfidenceInterval percentile = bootstrap.percentile(5, mean);
    assertEquals(0.46, percentile.low(), 0.021);
    assertEquals(3.96, percentile.high(), 0.021);
    ConfidenceInterval corrected = bootstrap.biasCorrectedAccelerated(5, mean);
    assertEquals(0.58, corrected.low(), 0.021);
    assertEquals(4.9, corrected.high(), 0.021);
  }

  /** Efron's example, the variance of 26 spatial-ability scores; ends from scipy as above. */
  @Test
  void varianceOfTheSpatialDataAgreesWithScipy() {
    Bootstrap bootstrap = new Bootstrap(40_000, 0.9, 3);
    ConfidenceInterval percentile = bootstrap.percentile(26, BootstrapTest::spatialVariance);
    assertEquals(97.7, percentile.low(), 1.5);
    assertEquals(235.7, percentile.high(), 1.5);
    ConfidenceInterval corrected =
        bootstrap.biasCorrectedAccelerated(26, BootstrapTest::spatialVariance);
    assertEquals(115.5, corrected.low(), 1.5);
    assertEquals(261.1, corrected.high(), 1.5);
  }

  @Test
  void theSameCallGivesTheSameInterval() {
    Bootstrap.Statistic mean = Bootstrap.Statistic.mean(SKEWED);
    assertEquals(
        Bootstrap.STANDARD.biasCorrectedAccelerated(5, mean),
        Bootstrap.STANDARD.biasCorrectedAccelerated(5, mean));
  }

  @Test
  void equalValuesGiveAPoint() {
    DoubleVector same = DoubleVector.constant(4, 0.7);
    ConfidenceInterval interval =
        Bootstrap.STANDARD.biasCorrectedAccelerated(4, Bootstrap.Statistic.mean(same));
    assertEquals(0.7, interval.low(), 1e-15);
    assertEquals(0.7, interval.high(), 1e-15);
  }

  /** What the Javadoc says about few seeds, and that more seeds mend it. */
  @Test
  void coverageOfTheMeanOfNormalSamples() {
    double five = coverage(5);
    double thirty = coverage(30);
    assertTrue(five > 0.76 && five < 0.88, "n = 5: " + five);
    assertTrue(thirty > 0.90 && thirty < 0.97, "n = 30: " + thirty);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(0, 0.95, 1));
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(10, 1, 1));
    Bootstrap.Statistic notANumber = rows -> Double.NaN;
    assertThrows(
        IllegalArgumentException.class, () -> Bootstrap.STANDARD.percentile(3, notANumber));
    assertThrows(
        IllegalArgumentException.class,
        () -> Bootstrap.STANDARD.biasCorrectedAccelerated(1, rows -> 0));
  }

  private static double coverage(int size) {
    Well19937c random = new Well19937c(11);
    Bootstrap bootstrap = new Bootstrap(400, 0.95, 5);
    int experiments = 1_000;
    int covered = 0;
    for (int e = 0; e < experiments; e++) {
      double[] sample = new double[size];
      for (int i = 0; i < size; i++) {
        sample[i] = random.nextGaussian();
      }
      Bootstrap.Statistic mean = Bootstrap.Statistic.mean(DoubleVector.of(sample));
      ConfidenceInterval interval = bootstrap.percentile(size, mean);
      covered += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
    }
    return (double) covered / experiments;
  }

  private static double spatialVariance(int[] rows) {
    double mean = 0;
    for (int row : rows) {
      mean += SPATIAL.get(row) / rows.length;
    }
    double squares = 0;
    for (int row : rows) {
      squares += Math.pow(SPATIAL.get(row) - mean, 2);
    }
    return squares / rows.length;
  }
}
