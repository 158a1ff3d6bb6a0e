package org.grpo4j.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

class AggregationTest {

  private static final EmptyRows COUNT = EmptyRows.COUNT;

  /** Completions of 2 and 8 tokens of one prompt, one of 4 tokens of another. */
  private static final TokenTable MASK = TokenTable.constant(new int[] {2, 8, 4}, 1);

  private static final RowGroups GROUPS = RowGroups.of(0, 0, 1);

  /** The weight of a token of each of the three. */
  private static double[] weights(Aggregation aggregation) {
    TokenTable weights = aggregation.weights(MASK, GROUPS);
    return new double[] {weights.get(0, 0), weights.get(1, 0), weights.get(2, 0)};
  }

  @Test
  void whatOneTokenWeighs() {
    double[] paper = {1.0 / 6, 1.0 / 24, 1.0 / 12};
    assertArrayEquals(paper, weights(new Aggregation.SequenceMeanTokenMean(COUNT)), 1e-12);
    double[] dapo = {1.0 / 14, 1.0 / 14, 1.0 / 14};
    assertArrayEquals(dapo, weights(new Aggregation.TokenMean()), 1e-12);
    double[] sums = {1.0 / 3, 1.0 / 3, 1.0 / 3};
    assertArrayEquals(sums, weights(new Aggregation.SequenceMeanTokenSum(COUNT)), 1e-12);
    double[] drGrpo = {1.0 / 30, 1.0 / 30, 1.0 / 30};
    assertArrayEquals(drGrpo, weights(new Aggregation.SequenceMeanTokenSumNorm(10, COUNT)), 1e-12);
    double[] prompts = {1.0 / 20, 1.0 / 20, 1.0 / 8};
    assertArrayEquals(prompts, weights(new Aggregation.GroupTokenMean()), 1e-12);
    double[] constant = {0.01, 0.01, 0.01};
    assertArrayEquals(constant, weights(new Aggregation.SumNorm(100)), 1e-12);
  }

  @Test
  void maskedTokensWeighNothing() {
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 0}, {0, 0}});
    TokenTable weights = new Aggregation.TokenMean().weights(mask, RowGroups.of(0, 0));
    assertEquals(TokenTable.of(new double[][] {{0.5, 0.5, 0}, {0, 0}}), weights);
  }

  @Test
  void nothingIsDividedByZero() {
    TokenTable mask = TokenTable.of(new double[][] {{0, 0}, {0}});
    TokenTable zero = TokenTable.of(new double[][] {{0, 0}, {0}});
    RowGroups groups = RowGroups.of(0, 1);
    assertEquals(zero, new Aggregation.SequenceMeanTokenMean(COUNT).weights(mask, groups));
    assertEquals(zero, new Aggregation.TokenMean().weights(mask, groups));
    assertEquals(zero, new Aggregation.GroupTokenMean().weights(mask, groups));
  }
}
