package org.grpo4j.policy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.TokenLogProbs;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;

/** Whatever company a row is scored in, it gets the same numbers. */
class RowShapesTest {

  private static final TransformerShape SHAPE = NetworkFixtures.TWO_LAYERS;

  private final Policy policy =
      NetworkPolicies.transformer(SHAPE, Precision.FAST_FLOAT, 5, new Workers(1));

  @Test
  void mixedPromptLengthsLargeGroupsAndEmptyCompletions() {
    List<Sequence> rows = new ArrayList<>();
    rows.addAll(NetworkFixtures.rows(SHAPE, 2, 3, 4, 1));
    rows.addAll(NetworkFixtures.rows(SHAPE, 1, 90, 5, 2));
    rows.add(new Sequence(TokenSequence.of(3, 4), TokenSequence.of()));
    rows.addAll(NetworkFixtures.rows(SHAPE, 3, 1, 1, 3));
    TokenLogProbs together = policy.logProbs(rows, 1);
    for (int i = 0; i < rows.size(); i++) {
      DoubleVector alone = policy.logProbs(List.of(rows.get(i)), 1).table().row(0);
      assertEquals(rows.get(i).completion().length(), together.table().length(i));
      for (int t = 0; t < alone.size(); t++) {
        assertEquals(alone.get(t), together.table().get(i, t), 1e-5);
      }
    }
  }

  @Test
  void theGradientOfABatchIsTheSumOfThoseOfItsRows() {
    List<Sequence> rows = NetworkFixtures.rows(SHAPE, 9, 9, 4, 4);
    TokenTable g = NetworkFixtures.coefficients(rows, 5);
    double[] together = gradient(rows, g);
    for (int i = 0; i < rows.size(); i++) {
      try (ForwardPass pass = policy.forward(rows.subList(i, i + 1), 1)) {
        pass.backward(g.rows(i, i + 1));
      }
    }
    double[] sum = policy.gradient().toArray();
    assertTrue(NetworkFixtures.relativeDifference(sum, together) < 1e-5);
  }

  @Test
  void twoWaysBackAddUpAndAPassMayBeOpenWhileAnotherRuns() {
    List<Sequence> rows = NetworkFixtures.rows(SHAPE, 3, 3, 4, 4);
    TokenTable g = NetworkFixtures.coefficients(rows, 5);
    double[] once = gradient(rows, g);
    policy.setParameters(policy.parameters());
    try (ForwardPass first = policy.forward(rows, 1);
        ForwardPass second = policy.forward(NetworkFixtures.rows(SHAPE, 2, 2, 3, 9), 1)) {
      assertEquals(4, second.logProbs().table().rows());
      first.backward(g);
      first.backward(g);
    }
    double[] twice = policy.gradient().toArray();
    for (int i = 0; i < once.length; i++) {
      assertEquals(2 * once[i], twice[i], 1e-12);
    }
  }

  @Test
  void probabilitiesSumToOneAndAgreeWithTheScores() {
    List<Sequence> rows = NetworkFixtures.rows(SHAPE, 3, 3, 4, 4);
    try (ForwardPass pass = policy.forward(rows, 0.7)) {
      double[] p = pass.probabilities(7, 0);
      double sum = 0;
      for (double probability : p) {
        sum += probability;
      }
      assertEquals(1, sum, 1e-12);
      double logProb = pass.logProbs().table().get(7, 0);
      assertEquals(logProb, Math.log(p[rows.get(7).completion().get(0)]), 1e-12);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    Sequence unknown = new Sequence(TokenSequence.of(99), TokenSequence.of(1));
    Sequence tooLong = new Sequence(TokenSequence.of(new int[8]), TokenSequence.of(new int[5]));
    Sequence noPrompt = new Sequence(TokenSequence.of(), TokenSequence.of(1));
    assertMessage("token: must be in 0..10, got 99", unknown);
    assertMessage("length: the context has room for 12 tokens, got 13", tooLong);
    assertMessage("prompt: must have at least one token, got none", noPrompt);
    assertThrows(IllegalArgumentException.class, () -> policy.logProbs(List.of(), 0));
  }

  private void assertMessage(String message, Sequence row) {
    var error =
        assertThrows(IllegalArgumentException.class, () -> policy.logProbs(List.of(row), 1));
    assertEquals(message, error.getMessage());
  }

  /** The gradient of one pass; the accumulated one is taken away again. */
  private double[] gradient(List<Sequence> rows, TokenTable g) {
    try (ForwardPass pass = policy.forward(rows, 1)) {
      pass.backward(g);
    }
    double[] gradient = policy.gradient().toArray();
    try (ForwardPass pass = policy.forward(rows, 1)) {
      double[][] opposite = g.toArrays();
      for (double[] row : opposite) {
        for (int t = 0; t < row.length; t++) {
          row[t] = -row[t];
        }
      }
      pass.backward(TokenTable.of(opposite));
    }
    return gradient;
  }
}
