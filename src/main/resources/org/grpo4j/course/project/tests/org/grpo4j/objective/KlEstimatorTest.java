package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlEstimatorTest {

  @ParameterizedTest
  @CsvSource({
    "K1,  0.5,  0.5,     1",
    "K1, -0.5, -0.5,     1",
    "K2,  0.5,  0.125,   0.5",
    "K2, -2,    2,      -2",
    "K3,  0,    0,       0",
    "K3,  0.5,  0.10653, 0.39347",
    "K3, -0.5,  0.14872, -0.64872",
  })
  void valueAndDerivative(KlEstimator estimator, double x, double value, double derivative) {
    assertEquals(value, estimator.value(x), 1e-5);
    assertEquals(derivative, estimator.derivative(x), 1e-5);
  }

  @Test
  void k3KeepsItsDigitsNearTheReference() {
    assertEquals(5e-15, KlEstimator.K3.value(1e-7), 1e-21);
  }
}
