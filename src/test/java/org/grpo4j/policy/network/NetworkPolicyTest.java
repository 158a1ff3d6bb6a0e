package org.grpo4j.policy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.PolicySnapshot;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkPolicyTest {

  private final Workers oneWorker = new Workers(1);

  /** Every kind of network goes through the same policy code. */
  enum Kind {
    FAST,
    REFERENCE_FLOAT,
    REFERENCE_DOUBLE,
    LSTM,
    EXPERTS,
    BIASED_EXPERTS,
    PLAIN,
    PLAIN_BIASED_EXPERTS;

    Policy create(TransformerShape shape, long seed, Workers workers) {
      if (this == LSTM) {
        return NetworkPolicies.lstm(
            shape.vocabularySize(),
            shape.contextLength(),
            shape.width(),
            Precision.REFERENCE_FLOAT,
            seed,
            workers);
      }
      boolean reference = name().startsWith("REFERENCE_");
      Precision kernels = name().startsWith("PLAIN") ? Precision.PLAIN_FLOAT : Precision.FAST_FLOAT;
      Precision precision = reference ? Precision.valueOf(name()) : kernels;
      TransformerShape sparse =
          name().endsWith("BIASED_EXPERTS")
              ? NetworkFixtures.BIASED_EXPERTS
              : NetworkFixtures.EXPERTS;
      boolean dense = !name().endsWith("EXPERTS");
      return NetworkPolicies.transformer(
          dense ? shape : shape.with(sparse.experts().orElseThrow()), precision, seed, workers);
    }
  }

  private Policy policy(TransformerShape shape, long seed) {
    return NetworkPolicies.transformer(shape, Precision.FAST_FLOAT, seed, oneWorker);
  }

  @Test
  void theDefaultPolicyHas31222ParametersInNamedBlocksWithoutGap() {
    Policy policy = policy(NetworkFixtures.SMALL, 1);
    assertEquals(31222, policy.parameterCount());
    int offset = 0;
    for (ParameterBlock block : policy.parameterBlocks()) {
      assertEquals(offset, block.offset(), block.name());
      offset += block.size();
    }
    assertEquals(31222, offset);
  }

  @Test
  void theSameSeedGivesTheSameParametersAndAnotherOneOthers() {
    DoubleVector parameters = policy(NetworkFixtures.SMALL, 1).parameters();
    assertEquals(parameters, policy(NetworkFixtures.SMALL, 1).parameters());
    assertTrue(!parameters.equals(policy(NetworkFixtures.SMALL, 2).parameters()));
  }

  @ParameterizedTest
  @EnumSource
  void supervisedStepsRaiseTheLogProbabilityOfTheData(Kind kind) {
    Policy policy = kind.create(NetworkFixtures.TWO_LAYERS, 1, oneWorker);
    policy.resetOptimizer(NetworkFixtures.ADAM);
    List<Sequence> rows = NetworkFixtures.rows(NetworkFixtures.TWO_LAYERS, 8, 1, 6, 5);
    double before = mean(policy.logProbs(rows, 1).table());
    for (int step = 0; step < 100; step++) {
      try (ForwardPass pass = policy.forward(rows, 1)) {
        TokenTable logProbs = pass.logProbs().table();
        pass.backward(TokenTable.constant(logProbs.lengths(), -1.0 / logProbs.tokens()));
      }
      policy.applyGradient(2e-2, 1.0);
    }
    double after = mean(policy.logProbs(rows, 1).table());
    assertTrue(before < -2, "before: " + before);
    assertTrue(after > -1, "after: " + after);
    assertEquals(100, policy.version());
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST", "PLAIN"})
  void theGradientIsTheDerivativeOfTheLoss(Kind kind) {
    Policy policy = kind.create(NetworkFixtures.TWO_LAYERS, 3, oneWorker);
    List<Sequence> rows = NetworkFixtures.rows(NetworkFixtures.TWO_LAYERS, 5, 4, 4, 9);
    TokenTable g = NetworkFixtures.coefficients(rows, 11);
    TokenTable h = NetworkFixtures.coefficients(rows, 12);
    try (ForwardPass pass = policy.forward(rows, 0.8)) {
      pass.backward(g, h);
    }
    double[] gradient = policy.gradient().toArray();
    double[] start = policy.parameters().toArray();
    double norm = Math.sqrt(java.util.Arrays.stream(gradient).map(x -> x * x).sum());
    double[] direction = java.util.Arrays.stream(gradient).map(x -> x / norm).toArray();
    double expected = norm;
    double measured =
        (loss(policy, start, direction, 1e-2, rows, g, h)
                - loss(policy, start, direction, -1e-2, rows, g, h))
            / 2e-2;
    assertEquals(expected, measured, 0.01 * Math.abs(expected));
  }

  private static double loss(
      Policy policy,
      double[] start,
      double[] direction,
      double step,
      List<Sequence> rows,
      TokenTable g,
      TokenTable h) {
    double[] moved = start.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    policy.setParameters(DoubleVector.of(moved));
    var scores = policy.logProbs(rows, 0.8);
    double loss = 0;
    for (int i = 0; i < g.rows(); i++) {
      for (int t = 0; t < g.length(i); t++) {
        loss += g.get(i, t) * scores.table().get(i, t);
        loss += h.get(i, t) * scores.entropies().get(i, t);
      }
    }
    return loss;
  }

  @ParameterizedTest
  @EnumSource
  void decodingWithTheCacheGivesTheScoredDistributions(Kind kind) {
    Policy policy = kind.create(NetworkFixtures.TWO_LAYERS, 3, oneWorker);
    List<Sequence> rows = NetworkFixtures.rows(NetworkFixtures.TWO_LAYERS, 5, 4, 4, 9);
    List<org.grpo4j.task.TokenSequence> prompts =
        java.util.stream.IntStream.range(0, 5).mapToObj(p -> rows.get(4 * p).prompt()).toList();
    TokenTable scored = policy.logProbs(rows, 1).table();
    double[] logits = new double[NetworkFixtures.TWO_LAYERS.vocabularySize()];
    int[] tokens = new int[rows.size()];
    try (Decoding decoding = policy.startDecoding(prompts, 4)) {
      for (int t = 0; t < 8; t++) {
        for (int r = 0; r < rows.size(); r++) {
          boolean going = t < rows.get(r).completion().length();
          tokens[r] = going ? rows.get(r).completion().get(t) : 0;
          decoding.logits(r, logits);
          if (going) {
            assertEquals(scored.get(r, t), logSoftmax(logits, tokens[r]), 1e-5);
          }
        }
        decoding.advance(tokens);
      }
      assertThrows(IllegalArgumentException.class, () -> decoding.advance(tokens));
    }
  }

  private static double logSoftmax(double[] logits, int token) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    return logits[token] - Math.log(sum);
  }

  @ParameterizedTest
  @EnumSource
  void oneAndTwoWorkersGiveTheSameBits(Kind kind) {
    List<Sequence> rows = NetworkFixtures.rows(NetworkFixtures.TWO_LAYERS, 20, 8, 6, 5);
    try (Workers two = new Workers(2)) {
      Policy a = kind.create(NetworkFixtures.TWO_LAYERS, 1, oneWorker);
      Policy b = kind.create(NetworkFixtures.TWO_LAYERS, 1, two);
      for (int step = 0; step < 3; step++) {
        train(a, rows);
        train(b, rows);
        assertEquals(a.parameters(), b.parameters());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRestoredPolicyGoesOnWithTheSameBits(Kind kind, @TempDir Path directory) throws Exception {
    List<Sequence> rows = NetworkFixtures.rows(NetworkFixtures.TWO_LAYERS, 4, 8, 6, 5);
    Policy policy = kind.create(NetworkFixtures.TWO_LAYERS, 1, oneWorker);
    policy.resetOptimizer(NetworkFixtures.ADAM);
    for (int step = 0; step < 5; step++) {
      train(policy, rows);
    }
    policy.save(directory);
    Policy restored = NetworkPolicies.restore(directory, oneWorker);
    assertEquals(policy.parameters(), restored.parameters());
    assertEquals(5, restored.version());
    for (int step = 0; step < 3; step++) {
      train(policy, rows);
      train(restored, rows);
      assertEquals(policy.parameters(), restored.parameters());
    }
  }

  @Test
  void aSnapshotStaysAsItWas() {
    List<Sequence> rows = NetworkFixtures.rows(NetworkFixtures.SMALL, 4, 8, 6, 5);
    Policy policy = policy(NetworkFixtures.SMALL, 1);
    PolicySnapshot snapshot = policy.snapshot();
    var before = policy.logProbs(rows, 1);
    train(policy, rows);
    assertEquals(before, snapshot.logProbs(rows, 1));
    assertEquals(0, snapshot.version());
    assertTrue(!before.equals(policy.logProbs(rows, 1)));
  }

  @Test
  void aForwardPassIsInvalidOnceTheParametersHaveChanged() {
    List<Sequence> rows = NetworkFixtures.rows(NetworkFixtures.SMALL, 1, 2, 6, 5);
    Policy policy = policy(NetworkFixtures.SMALL, 1);
    TokenTable g = NetworkFixtures.coefficients(rows, 1);
    ForwardPass pass = policy.forward(rows, 1);
    policy.setParameters(policy.parameters());
    assertThrows(IllegalStateException.class, () -> pass.backward(g));
    pass.close();
  }

  private static void train(Policy policy, List<Sequence> rows) {
    try (ForwardPass pass = policy.forward(rows, 1)) {
      pass.backward(NetworkFixtures.coefficients(rows, policy.version()));
    }
    policy.applyGradient(1e-3, 1.0);
  }

  private static double mean(TokenTable table) {
    double sum = 0;
    for (int i = 0; i < table.rows(); i++) {
      sum += table.row(i).sum();
    }
    return sum / table.tokens();
  }
}
