package org.grpo4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Property;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

class TrainingMetricsTest {

  @Test
  void bestAtKOfRightAndWrongIsPassAtK() {
    Property.forAll(
        random -> {
          int n = 1 + random.nextInt(8);
          double[] scores = new double[n];
          int correct = 0;
          for (int i = 0; i < n; i++) {
            scores[i] = random.nextInt(2);
            correct += (int) scores[i];
          }
          for (int k = 1; k <= n; k++) {
            assertEquals(
                PassAtK.unbiased(n, correct, k),
                BestAtK.expected(DoubleVector.of(scores), k),
                1e-14);
          }
        });
  }

  @Test
  void bestOfAllIsTheHighestAndOfOneTheMean() {
    DoubleVector scores = DoubleVector.of(0.2, 0.9, 0.4, 0.4);
    assertEquals(0.9, BestAtK.expected(scores, 4), 1e-15);
    assertEquals(0.475, BestAtK.expected(scores, 1), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> BestAtK.expected(scores, 5));
  }

  @Test
  void majorityOverSubsetsOfOneIsTheMean() {
    List<String> answers = List.of("7", "8", "8", "7", "9");
    DoubleVector correct = DoubleVector.of(0, 1, 1, 0, 0);
    assertEquals(0.4, MajorityVote.expectedOverSubsets(answers, correct, 1), 1e-15);
    assertEquals(0, MajorityVote.expectedOverSubsets(answers, correct, 5), "first seen wins");
  }

  @Test
  void rewardStatistics() {
    RewardStatistics statistics =
        RewardStatistics.of(
            DoubleVector.of(0.1, 0.1, 0.1, 1, Double.NaN, 0),
            RowGroups.consecutive(6, 3),
            Deviation.SAMPLE);
    assertEquals(1.3 / 5, statistics.mean(), 1e-15);
    assertEquals(Math.sqrt(0.5) / 2, statistics.groupStandardDeviation(), 1e-15);
    RewardStatistics single =
        RewardStatistics.of(DoubleVector.of(1, 0), RowGroups.of(0, 1), Deviation.SAMPLE);
    assertTrue(Double.isNaN(single.groupStandardDeviation()), "no group of two");
  }

  @Test
  void lengthStatistics() {
    LengthStatistics statistics =
        LengthStatistics.of(DoubleVector.of(3, 9, 5), DoubleVector.of(0, 1, 0));
    assertEquals(new LengthStatistics(17.0 / 3, 3, 9, 1.0 / 3, 4, 3, 5), statistics);
    LengthStatistics allCut = LengthStatistics.of(DoubleVector.of(9), DoubleVector.of(1));
    assertEquals(new LengthStatistics(9, 9, 9, 1, Double.NaN, Double.NaN, Double.NaN), allCut);
  }

  @Test
  void explainedVariance() {
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 1, 0}});
    TokenTable returns = TokenTable.of(new double[][] {{1, 2, 3, Double.NaN}});
    TokenTable constant = TokenTable.of(new double[][] {{5, 5, 5, 0}});
    assertEquals(1, ExplainedVariance.of(returns, returns, mask));
    assertEquals(0, ExplainedVariance.of(constant, returns, mask), 1e-15);
    assertTrue(Double.isNaN(ExplainedVariance.of(returns, constant, mask)));
  }

  /** Returns are {@code (R - V) + V}, which is R only up to rounding. */
  @Test
  void returnsThatVaryByRoundingOnlyHaveNoVarianceToExplain() {
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 1}});
    TokenTable values = TokenTable.of(new double[][] {{0.1, 0.7, 0.2}});
    TokenTable lastBit = TokenTable.of(new double[][] {{0.1 + 0.2, 0.3, 0.3}});
    assertTrue(Double.isNaN(ExplainedVariance.of(values, lastBit, mask)));
    TokenTable large = TokenTable.of(new double[][] {{1e6, 1e5, 0}});
    double r = 0.3;
    TokenTable throughLarge = TokenTable.of(new double[][] {{(r - 1e6) + 1e6, (r - 1e5) + 1e5, r}});
    assertTrue(Double.isNaN(ExplainedVariance.of(large, throughLarge, mask)), "V is large");
    TokenTable close = TokenTable.of(new double[][] {{0.3, 0.3 + 1e-6, 0.3}});
    assertTrue(Double.isFinite(ExplainedVariance.of(values, close, mask)), "close, but not noise");
  }
}
