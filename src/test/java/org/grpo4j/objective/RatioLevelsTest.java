package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

/** Ratios of one row and the way back to its tokens, worked out by hand. */
class RatioLevelsTest {

  private static final DoubleVector BY_LOG_RATIO = DoubleVector.of(1, 2, 0, 4);

  /** Four tokens, the third masked. */
  private static RatioRow row(double advantage, double... logRatios) {
    return new RatioRow(
        DoubleVector.of(logRatios),
        DoubleVector.constant(4, advantage),
        DoubleVector.of(1, 1, 0, 1));
  }

  @Test
  void aTokenDependsOnItselfOrOnItsRow() {
    assertFalse(new RatioLevel.TokenRatio().couplesTokens());
    assertFalse(
        new RatioLevel.GspoTokenRatio().couplesTokens()
            && new RatioLevel.TokenRatio().couplesTokens());
    assertTrue(new RatioLevel.SequenceRatio().couplesTokens());
    assertTrue(new RatioLevel.SequenceProductRatio().couplesTokens());
    assertTrue(new BoundedProductRatio().couplesTokens());
    assertTrue(new ClippedGeometricMeanRatio(0.4, 0.4).couplesTokens());
  }

  @Test
  void theBoundedProduct() {
    BoundedProductRatio level = new BoundedProductRatio(0.5, -1, 1);
    assertRow(Math.exp(0.25), level.ratios(row(1, 0.25, 0.5, 0, -0.5)));
    assertRow(Math.exp(-1), level.ratios(row(1, -0.5, -0.5, 0, -0.5)));
    assertRow(Math.exp(1), level.ratios(row(1, 0.5, 0.5, 0, 0.5)));
    assertRow(Math.exp(0.5), level.ratios(row(1, 3, 0.5, 0, -0.5)));
  }

  private static void assertRow(double ratio, DoubleVector ratios) {
    for (int t : new int[] {0, 1, 3}) {
      assertEquals(ratio, ratios.get(t), 1e-15);
    }
    assertEquals(1, ratios.get(2));
  }

  @Test
  void theBoundedProductStopsAtItsBounds() {
    BoundedProductRatio level = new BoundedProductRatio(0.5, -1, 1);
    DoubleVector all = DoubleVector.of(7, 7, 0, 7);
    assertEquals(all, level.lossByLogProb(row(1, 0.1, 0.2, 0, 0.3), BY_LOG_RATIO));
    DoubleVector none = DoubleVector.of(0, 0, 0, 0);
    assertEquals(none, level.lossByLogProb(row(1, 0.5, 0.5, 0, 0.25), BY_LOG_RATIO));
    assertEquals(none, level.lossByLogProb(row(1, -0.5, -0.5, 0, -0.25), BY_LOG_RATIO));
    // A sum exactly on a bound and a log-ratio exactly on its bound are inside.
    assertEquals(all, level.lossByLogProb(row(1, 0.5, 0.25, 0, 0.25), BY_LOG_RATIO));
    assertEquals(all, level.lossByLogProb(row(1, -0.5, -0.25, 0, -0.25), BY_LOG_RATIO));
    assertEquals(
        DoubleVector.of(0, 7, 0, 7), level.lossByLogProb(row(1, 0.75, 0.1, 0, 0.1), BY_LOG_RATIO));
  }

  @Test
  void theClippedGeometricMean() {
    ClippedGeometricMeanRatio level = new ClippedGeometricMeanRatio(0.25, 0.5);
    assertRow(Math.exp((0.5 + 0.1 - 1) / 3), level.ratios(row(1, 0.75, 0.1, 0, -1)));
    assertRow(Math.exp((0.75 + 0.1 - 0.25) / 3), level.ratios(row(-1, 0.75, 0.1, 0, -1)));
    assertRow(Math.exp((0.75 + 0.1 - 0.25) / 3), level.ratios(row(0, 0.75, 0.1, 0, -1)));
    assertEquals(
        DoubleVector.of(0, 7.0 / 3, 0, 7.0 / 3),
        level.lossByLogProb(row(1, 0.75, 0.1, 0, -1), BY_LOG_RATIO));
  }

  @Test
  void theClippedGeometricMeanClipsTokensItself() {
    ClippedGeometricMeanRatio level = new ClippedGeometricMeanRatio(0.25, 0.5);
    assertEquals(ClipBranch.CLIPPED_HIGH, level.branch(0.75, 1));
    assertEquals(ClipBranch.CLIPPED_LOW, level.branch(-0.75, -1));
    assertEquals(ClipBranch.INSIDE, level.branch(0.5, 1));
    assertEquals(ClipBranch.INSIDE, level.branch(-0.25, -1));
    assertEquals(ClipBranch.INSIDE, level.branch(0.75, -1));
    assertEquals(ClipBranch.INSIDE, level.branch(-0.75, 1));
    assertEquals(ClipBranch.INSIDE, level.branch(0.75, 0));
    assertEquals(ClipBranch.INSIDE, level.branch(-0.75, 0));
  }
}
