package org.grpo4j.advantage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

class GeneralizedAdvantageTest {

  /** One completion whose reward of 1 comes at the last of three tokens that count. */
  private static AdvantageInputs inputs() {
    return AdvantageInputs.of(
            DoubleVector.of(1), RowGroups.of(0), TokenTable.of(new double[][] {{1, 1, 0, 1}}))
        .withTokenRewards(TokenTable.of(new double[][] {{0, 0, 0, 1}}))
        .withValues(TokenTable.of(new double[][] {{0.5, 0.6, 99, 0.9}}));
  }

  private static Advantages estimate(double gamma, double lambda, AdvantageInputs inputs) {
    return new GeneralizedAdvantage(gamma, lambda, Optional.empty()).estimate(inputs);
  }

  @Test
  void theWholeReturn() {
    assertArrayEquals(
        new double[] {0.5, 0.4, 0, 0.1},
        estimate(1, 1, inputs()).perToken().row(0).toArray(),
        1e-12);
  }

  @Test
  void oneStep() {
    assertArrayEquals(
        new double[] {0.1, 0.3, 0, 0.1},
        estimate(1, 0, inputs()).perToken().row(0).toArray(),
        1e-12);
  }

  @Test
  void returnsAreAdvantagePlusValue() {
    TokenTable returns = estimate(0.9, 0.5, inputs()).returns().orElseThrow();
    double last = 0.1;
    double middle = 0.9 * 0.9 - 0.6 + 0.9 * 0.5 * last;
    double first = 0.9 * 0.6 - 0.5 + 0.9 * 0.5 * middle;
    assertArrayEquals(
        new double[] {first + 0.5, middle + 0.6, 0, 1}, returns.row(0).toArray(), 1e-12);
  }

  @Test
  void aCompletionThatWasCutOffGoesOn() {
    AdvantageInputs cutOff = inputs().withBootstrapValues(DoubleVector.of(0.4));
    assertArrayEquals(
        new double[] {0.9, 0.8, 0, 0.5}, estimate(1, 1, cutOff).perToken().row(0).toArray(), 1e-12);
  }
}
