package org.grpo4j.policy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ExpAndLog;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the other tests do not ask of a plain network because the fast one has nothing like it. */
class PlainNetworksTest {

  private static final List<TransformerShape> SHAPES =
      List.of(
          NetworkFixtures.SMALL,
          NetworkFixtures.TWO_LAYERS,
          NetworkFixtures.EXPERTS,
          NetworkFixtures.BIASED_EXPERTS);

  private final Workers workers = Workers.callingThread();

  private Policy trained() {
    Policy policy = PlainNetworks.transformer(NetworkFixtures.TWO_LAYERS, 1, workers);
    policy.resetOptimizer(NetworkFixtures.ADAM);
    for (int seed = 1; seed <= 3; seed++) {
      step(policy, seed);
    }
    return policy;
  }

  private static void step(Policy policy, long seed) {
    List<Sequence> rows = NetworkFixtures.rows(NetworkFixtures.TWO_LAYERS, 6, 5, 4, seed);
    try (ForwardPass pass = policy.forward(rows, 1)) {
      pass.backward(NetworkFixtures.coefficients(rows, seed));
    }
    policy.applyGradient(1e-2, 1);
  }

  @Test
  void oneSeedGivesTheParametersOfTheFastNetworkInTheSameBlocks() {
    for (TransformerShape shape : SHAPES) {
      Policy plain = PlainNetworks.transformer(shape, 7, workers);
      Policy fast = NetworkPolicies.transformer(shape, Precision.FAST_FLOAT, 7, workers);
      assertEquals(fast.parameters(), plain.parameters());
      assertEquals(fast.parameterMatrices(), plain.parameterMatrices());
      List<Sequence> rows = NetworkFixtures.rows(shape, 6, 5, 4, 2);
      TokenTable expected = fast.logProbs(rows, 1).table();
      TokenTable actual = plain.logProbs(rows, 1).table();
      for (int i = 0; i < rows.size(); i++) {
        for (int t = 0; t < expected.length(i); t++) {
          assertEquals(expected.get(i, t), actual.get(i, t), 1e-5);
        }
      }
    }
  }

  @Test
  void parametersAreFloatsAfterEveryStep() {
    Policy policy = trained();
    DoubleVector parameters = policy.parameters();
    assertEquals(DoubleVector.of(Precision.PLAIN_FLOAT.round(parameters.toArray())), parameters);
    assertEquals(ExpAndLog.PORTABLE, policy.functions());
    assertEquals(ExpAndLog.PORTABLE, policy.snapshot().functions());
  }

  /** Settled by IEEE 754 alone: whatever computes them has to give these bits. */
  @Test
  void theBitsAreTheSameOnEveryMachine() {
    assertEquals(-818889456, trained().parameters().hashCode());
  }

  @Test
  void aFileIsReadFromAnyStream(@TempDir Path directory) throws IOException {
    Policy policy = trained();
    policy.save(directory);
    try (InputStream file = Files.newInputStream(directory.resolve("plain-network.bin"))) {
      Policy restored = PlainNetworks.restore(file, workers);
      step(policy, 9);
      step(restored, 9);
      assertEquals(policy.parameters(), restored.parameters());
    }
    InputStream other = new ByteArrayInputStream(new byte[] {0, 1, 'x'});
    assertThrows(IOException.class, () -> PlainNetworks.restore(other, workers));
  }

  /** Whatever a file says, no more memory is taken than its length allows. */
  @Test
  void aFileCannotHoldMoreParametersThanItHasRoomFor(@TempDir Path directory) throws IOException {
    trained().save(directory);
    Path file = directory.resolve("plain-network.bin");
    byte[] bytes = Files.readAllBytes(file);
    int behindTheWidth = 2 + "grpo4j plain network 1".length() + Long.BYTES + 3 * Integer.BYTES;
    assertEquals(NetworkFixtures.TWO_LAYERS.width(), bytes[behindTheWidth - 1]);
    bytes[behindTheWidth - 2] = 4; // 1,024 wider
    Files.write(file, bytes);
    IOException refused =
        assertThrows(IOException.class, () -> NetworkPolicies.restore(directory, workers));
    String most = "must have at most " + bytes.length / Double.BYTES + " parameters";
    assertTrue(refused.getMessage().contains(most), refused.getMessage());
  }
}
