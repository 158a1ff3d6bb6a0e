package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

class ValueLossTest {

  /** One token whose value was 0 and should be {@code target}. */
  private static ValueLossResult loss(double value, double target, double clip) {
    return new ValueLoss(clip)
        .evaluate(table(value), table(0), table(target), table(1), RowGroups.of(0));
  }

  private static TokenTable table(double value) {
    return TokenTable.of(new double[][] {{value}});
  }

  @Test
  void halfTheSquaredError() {
    ValueLossResult result = loss(0.5, 1.5, Double.POSITIVE_INFINITY);
    assertEquals(0.5, result.loss(), 1e-12);
    assertEquals(-1, result.lossByValue().get(0, 0), 1e-12);
  }

  @Test
  void aValueThatMovedFarEnoughIsLeftAlone() {
    ValueLossResult result = loss(0.5, 1, 0.2);
    assertEquals(0.8 * 0.8 / 2, result.loss(), 1e-12);
    assertEquals(0, result.lossByValue().get(0, 0), 0);
  }

  @Test
  void aValueThatMovedTheWrongWayIsPulledBack() {
    ValueLossResult result = loss(-0.5, 1, 0.2);
    assertEquals(1.5 * 1.5 / 2, result.loss(), 1e-12);
    assertEquals(-1.5, result.lossByValue().get(0, 0), 1e-12);
  }

  @Test
  void maskedTokensTakeNoPart() {
    TokenTable values = TokenTable.of(new double[][] {{1, 50}});
    TokenTable zeros = TokenTable.of(new double[][] {{0, 0}});
    TokenTable mask = TokenTable.of(new double[][] {{1, 0}});
    ValueLossResult result =
        new ValueLoss(Double.POSITIVE_INFINITY)
            .evaluate(values, zeros, zeros, mask, RowGroups.of(0));
    assertEquals(0.5, result.loss(), 1e-12);
    assertEquals(0, result.lossByValue().get(0, 1), 0);
  }
}
