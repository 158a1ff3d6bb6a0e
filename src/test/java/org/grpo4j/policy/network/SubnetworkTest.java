package org.grpo4j.policy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.ParameterChange;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.SgdSettings;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.policy.Unchanged;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradient descent, and parameters that stay as they are. */
class SubnetworkTest {

  private final Workers workers = new Workers(1);

  /** A policy and rows that it can score. */
  enum Kind {
    TABLE(0),
    KERNELS(1e-6),
    PLAIN(1e-6),
    REFERENCE(1e-14);

    private final double tolerance;

    Kind(double tolerance) {
      this.tolerance = tolerance;
    }

    Policy policy(TransformerShape shape, Workers workers) {
      Precision precision =
          switch (this) {
            case KERNELS -> Precision.FAST_FLOAT;
            case PLAIN -> Precision.PLAIN_FLOAT;
            default -> Precision.REFERENCE_DOUBLE;
          };
      return this == TABLE
          ? TinyPolicies.letters(1)
          : NetworkPolicies.transformer(shape, precision, 1, workers);
    }

    List<Sequence> rows(TransformerShape shape) {
      return this == TABLE
          ? List.of(new Sequence(TinyPolicies.PROMPTS.get(0), TokenSequence.of(2, 3, 1)))
          : NetworkFixtures.rows(shape, 3, 4, 4, 1);
    }

    Policy restore(Path directory, Workers workers) throws Exception {
      return this == TABLE
          ? TabularPolicy.load(directory)
          : NetworkPolicies.restore(directory, workers);
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientDescentTakesTheStepsOfItsFormula(Kind kind) {
    for (double mu : new double[] {0, 0.75}) {
      Policy policy = kind.policy(NetworkFixtures.TWO_LAYERS, workers);
      policy.resetOptimizer(new SgdSettings(mu));
      double[] theta = policy.parameters().toArray();
      double[] b = new double[theta.length];
      for (int s = 1; s <= 3; s++) {
        backward(policy, kind.rows(NetworkFixtures.TWO_LAYERS), s);
        double[] g = policy.gradient().toArray();
        double learningRate = 0.1 * s;
        GradientStep step = policy.applyGradient(learningRate, s == 2 ? 1e-1 : 1e9);
        for (int i = 0; i < theta.length; i++) {
          b[i] = mu * b[i] + step.clipFactor() * g[i];
          theta[i] -= learningRate * b[i];
          double scale = Math.max(1, Math.abs(theta[i]));
          assertEquals(theta[i], policy.parameters().get(i), kind.tolerance * scale, "step " + s);
        }
      }
    }
  }

  static Stream<OptimizerSettings> optimizers() {
    return Stream.of(NetworkFixtures.ADAM, new SgdSettings(0), new SgdSettings(0.75));
  }

  /** What a checkpoint holds goes on to the same bits. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void aRestoredOptimizerGoesOnToTheSameBits(OptimizerSettings settings, @TempDir Path directory)
      throws Exception {
    for (Kind kind : Kind.values()) {
      List<Sequence> rows = kind.rows(NetworkFixtures.TWO_LAYERS);
      Policy policy = kind.policy(NetworkFixtures.TWO_LAYERS, workers);
      policy.resetOptimizer(settings);
      for (int s = 0; s < 2; s++) {
        backward(policy, rows, s);
        policy.applyGradient(0.1, 1);
      }
      Path saved = Files.createDirectory(directory.resolve(kind.name()));
      policy.save(saved);
      Policy restored = kind.restore(saved, workers);
      for (int s = 2; s < 4; s++) {
        backward(policy, rows, s);
        policy.applyGradient(0.1, 1);
        backward(restored, rows, s);
        restored.applyGradient(0.1, 1);
      }
      assertEquals(policy.parameters(), restored.parameters(), kind.name());
      assertEquals(4, restored.version());
    }
  }

  /** Also the selection biases of experts, which no gradient moves. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void frozenParametersKeepEveryBitAndAllOthersMove(OptimizerSettings settings) {
    for (Kind kind : Kind.values()) {
      TransformerShape shape = NetworkFixtures.BIASED_EXPERTS;
      Policy free = kind.policy(shape, workers);
      Policy policy = kind.policy(shape, workers);
      DoubleVector before = policy.parameters();
      BitSet frozen = new BitSet();
      for (int i = 0; i < before.size(); i += 2) {
        frozen.set(i);
      }
      free.resetOptimizer(settings);
      policy.resetOptimizer(settings);
      policy.freeze(frozen);
      frozen.clear(); // its own copy counts
      for (int s = 0; s < 3; s++) {
        backward(free, kind.rows(shape), 1);
        free.applyGradient(0.1, 1);
        backward(policy, kind.rows(shape), 1);
        double squares = 0;
        for (int i = 1; i < before.size(); i += 2) {
          squares += Math.pow(policy.gradient().get(i), 2);
        }
        GradientStep step = policy.applyGradient(0.1, 1);
        assertEquals(Math.sqrt(squares), step.gradientNorm(), 1e-9, "the norm is of the others");
      }
      BitSet still = unchanged(policy, before);
      BitSet stillFree = unchanged(free, before);
      int moved = 0;
      for (int i = 0; i < before.size(); i++) {
        assertTrue(i % 2 == 1 || still.get(i), kind + ": frozen parameter " + i + " has moved");
        moved += i % 2 == 1 && !still.get(i) ? 1 : 0;
        assertTrue(still.get(i) || !stillFree.get(i), kind + ": " + i);
      }
      assertTrue(moved > 0.9 * (before.size() - stillFree.cardinality()) / 2, kind + ": " + moved);
      policy.freeze(new BitSet());
      backward(policy, kind.rows(shape), 1);
      policy.applyGradient(0.1, 1);
      assertTrue(unchanged(policy, before).cardinality() < still.cardinality());
    }
  }

  /** One token's gradient of a matrix is an outer product, if its rows are where they are said. */
  @Test
  void theRowsOfAMatrixAreKnown() {
    TransformerShape shape = NetworkFixtures.TWO_LAYERS;
    for (Precision precision : List.of(Precision.FAST_FLOAT, Precision.REFERENCE_DOUBLE)) {
      Policy policy = NetworkPolicies.transformer(shape, precision, 1, workers);
      DoubleVector before = policy.parameters();
      policy.resetOptimizer(new SgdSettings(0));
      List<Sequence> row = List.of(new Sequence(TokenSequence.of(3, 5), TokenSequence.of(4)));
      backward(policy, row, 1);
      double[] after = before.toArray();
      for (int i = 0; i < after.length; i++) {
        after[i] += policy.gradient().get(i);
      }
      ParameterChange change =
          new ParameterChange(policy.parameterMatrices(), before, DoubleVector.of(after));
      var head =
          policy.parameterMatrices().stream()
              .filter(matrix -> matrix.block().name().equals("head.weight"))
              .findFirst()
              .orElseThrow();
      assertEquals(1, change.rank(head).orElseThrow());
      var embedding = policy.parameterMatrices().get(0);
      assertEquals(2, change.rank(embedding).orElseThrow(), "two tokens");
      assertNotEquals(0, change.rankShare());
    }
  }

  private static BitSet unchanged(Policy policy, DoubleVector before) {
    return new ParameterChange(policy.parameterMatrices(), before, policy.parameters())
        .unchanged(Unchanged.BITS);
  }

  private static void backward(Policy policy, List<Sequence> rows, long seed) {
    try (ForwardPass pass = policy.forward(rows, 1)) {
      pass.backward(NetworkFixtures.coefficients(rows, seed));
    }
  }
}
