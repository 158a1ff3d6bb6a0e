package org.grpo4j.policy.network.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpertsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 2, 1, 0, count",
    "2, 1, 1, 0, active",
    "2, 3, 1, 0, active",
    "2, 2, 0, 0, width",
    "2, 2, 1, -1, shared"
  })
  void impossibleSizesAreRefusedByName(int count, int active, int width, int shared, String name) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Experts(count, active, width, shared, new Balance.None()))
            .getMessage();
    assertTrue(message.startsWith(name), message);
  }

  @Test
  void theSmallestSizesAreAllowedAndOnlyABiasIsPartOfTheSelection() {
    assertEquals(0, new Experts(2, 2, 1, 0, new Balance.None()).idleParameters(3));
    assertEquals(
        2 * 4 * (2 * 3 + 1), new Experts(4, 2, 4, 0, new Balance.None()).idleParameters(3));
    assertEquals(false, new Experts(2, 2, 1, 0, new Balance.None()).hasBias());
    assertEquals(false, new Experts(2, 2, 1, 0, new Balance.Loss(0.1)).hasBias());
    assertEquals(true, new Experts(2, 2, 1, 0, new Balance.Bias(0.1)).hasBias());
  }

  @Test
  void aBalanceByWeightsIsTheOneThatActs() {
    assertEquals(new Balance.None(), Balance.of(0, 0));
    assertEquals(new Balance.Loss(0.1), Balance.of(0.1, 0));
    assertEquals(new Balance.Bias(0.2), Balance.of(0, 0.2));
    assertThrows(IllegalArgumentException.class, () -> new Balance.Loss(0));
    assertThrows(IllegalArgumentException.class, () -> new Balance.Bias(0));
  }
}
