package org.grpo4j.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

class StepCurveTest {

  private static final StepCurve CURVE =
      new StepCurve(DoubleVector.of(0, 10, 30), DoubleVector.of(0.2, 0.6, 0.9));

  @Test
  void holdsTheLastValueAndNeverLooksAhead() {
    assertEquals(0.2, CURVE.at(0));
    assertEquals(0.2, CURVE.at(9.999));
    assertEquals(0.6, CURVE.at(10));
    assertEquals(0.6, CURVE.at(29));
    assertEquals(0.9, CURVE.at(1e9));
    assertTrue(Double.isNaN(CURVE.at(-1)));
  }

  @Test
  void meanHeightIsTheAreaOverTheWidth() {
    assertEquals((0.2 * 10 + 0.6 * 20) / 30, CURVE.meanHeight(0, 30), 1e-15);
    assertEquals((0.6 * 5 + 0.9 * 10) / 15, CURVE.meanHeight(25, 40), 1e-15);
    assertEquals(0.2, CURVE.meanHeight(2, 3), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> CURVE.meanHeight(-1, 3));
    assertThrows(IllegalArgumentException.class, () -> CURVE.meanHeight(3, 3));
  }

  @Test
  void skipsWhatWasNotMeasuredAndKeepsTheLastOfSeveral() {
    StepCurve curve =
        StepCurve.ofMeasured(
            DoubleVector.of(0, 1, 1, 2, 3), DoubleVector.of(0.1, 0.2, 0.3, Double.NaN, 0.4));
    assertEquals(DoubleVector.of(0, 1, 3), curve.positions());
    assertEquals(DoubleVector.of(0.1, 0.3, 0.4), curve.values());
  }

  @Test
  void refusesPositionsThatGoBack() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new StepCurve(DoubleVector.of(0, 2, 1), DoubleVector.of(1, 2, 3)));
    assertThrows(
        IllegalArgumentException.class,
        () -> StepCurve.ofMeasured(DoubleVector.of(1), DoubleVector.of(Double.NaN)));
  }
}
