package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClippedSurrogateTest {

  private static final ClippedSurrogate CLIP = ClippedSurrogate.symmetric(0.2);

  @ParameterizedTest
  @CsvSource({
    "1.0,  1, -1.0, -1.0",
    "1.5,  1, -1.2,  0.0",
    "1.5, -1,  1.5,  1.5",
    "0.5,  1, -0.5, -0.5",
    "0.5, -1,  0.8,  0.0",
    "1.1, -2,  2.2,  2.2",
  })
  void lossAndSlope(double ratio, double advantage, double loss, double slope) {
    SurrogateTerm term = CLIP.term(Math.log(0.5), ratio, advantage);
    assertEquals(loss, term.loss(), 1e-12);
    assertEquals(slope, term.lossByLogRatio(), 1e-12);
  }

  @Test
  void theRangeNeedNotBeSymmetric() {
    ClippedSurrogate higher = new ClippedSurrogate(0.2, 0.28);
    assertEquals(1.28, higher.clip(2), 1e-12);
    assertEquals(0.8, higher.clip(0.1), 1e-12);
    assertEquals(1.1, higher.clip(1.1), 1e-12);
  }

  @Test
  void aBoundIsInside() {
    ClippedSurrogate half = ClippedSurrogate.symmetric(0.5);
    assertTrue(half.contains(1.5) && half.contains(0.5) && !half.contains(1.6));
    assertEquals(ClipBranch.INSIDE, half.branch(1.5, 1));
    assertEquals(ClipBranch.CLIPPED_HIGH, half.branch(1.6, 1));
    assertEquals(ClipBranch.CLIPPED_LOW, half.branch(0.4, -1));
  }

  @Test
  void aRatioMayOverflow() {
    double infinite = Double.POSITIVE_INFINITY;
    assertFalse(Double.isNaN(CLIP.term(0, infinite, 0).loss()));
  }
}
