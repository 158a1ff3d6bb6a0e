package org.grpo4j.policy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.SgdSettings;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {

  private static final TransformerShape SHAPE = NetworkFixtures.TWO_LAYERS;

  private final Workers workers = new Workers(1);
  private final List<Sequence> rows = NetworkFixtures.rows(SHAPE, 3, 4, 4, 1);

  /** Adam as in the paper, in double, except where DL4J adds its small constant. */
  @Test
  void dl4jsAdamTakesTheStepsOfThePaper() {
    AdamSettings adam = new AdamSettings(0.8, 0.95, 1e-8);
    Policy policy = NetworkPolicies.transformer(SHAPE, Precision.REFERENCE_DOUBLE, 1, workers);
    policy.resetOptimizer(adam);
    double[] theta = policy.parameters().toArray();
    double[] m = new double[theta.length];
    double[] v = new double[theta.length];
    for (int s = 1; s <= 3; s++) {
      backward(policy, s);
      double[] g = policy.gradient().toArray();
      double maxNorm = s == 2 ? 1e-3 : Double.POSITIVE_INFINITY;
      double learningRate = 1e-3 * s;
      GradientStep step = policy.applyGradient(learningRate, maxNorm);
      double norm = 0;
      for (double element : g) {
        norm += element * element;
      }
      assertEquals(Math.sqrt(norm), step.gradientNorm(), 1e-12);
      assertEquals(s == 2 ? 1e-3 / (Math.sqrt(norm) + 1e-6) : 1, step.clipFactor(), 1e-12);
      for (int i = 0; i < theta.length; i++) {
        double clipped = g[i] * step.clipFactor();
        m[i] = 0.8 * m[i] + 0.2 * clipped;
        v[i] = 0.95 * v[i] + 0.05 * clipped * clipped;
        double rate = learningRate * Math.sqrt(1 - Math.pow(0.95, s)) / (1 - Math.pow(0.8, s));
        theta[i] -= rate * m[i] / (Math.sqrt(v[i]) + 1e-8);
        assertEquals(theta[i], policy.parameters().get(i), 1e-9);
      }
    }
  }

  @Test
  void aGradientThatIsNotFiniteIsNotApplied() {
    Policy policy = NetworkPolicies.transformer(SHAPE, Precision.FAST_FLOAT, 1, workers);
    var before = policy.parameters();
    try (ForwardPass pass = policy.forward(rows, 1)) {
      pass.backward(TokenTable.constant(pass.logProbs().table().lengths(), Double.NaN));
    }
    GradientStep step = policy.applyGradient(1e-3, 1);
    assertTrue(Double.isNaN(step.gradientNorm()));
    assertEquals(before, policy.parameters());
    assertEquals(0, policy.version());
    assertEquals(0, policy.gradient().sum());
  }

  @Test
  void aCheckpointHoldsTheSameConfigurationAndUpdaterState(@TempDir Path directory)
      throws Exception {
    NetworkPolicy policy =
        (NetworkPolicy) NetworkPolicies.transformer(SHAPE, Precision.REFERENCE_FLOAT, 1, workers);
    policy.resetOptimizer(NetworkFixtures.ADAM);
    for (int s = 0; s < 3; s++) {
      backward(policy, s);
      policy.applyGradient(1e-3, 1);
    }
    policy.save(directory);
    MultiLayerNetwork expected = ((Dl4jNetwork) policy.trainable()).network();
    MultiLayerNetwork actual = NetworkCheckpoint.read(directory).network();
    assertEquals(expected.getLayerWiseConfigurations(), actual.getLayerWiseConfigurations());
    assertEquals(
        expected.getUpdater().getStateViewArray(), actual.getUpdater().getStateViewArray());
    assertEquals(3, actual.getIterationCount());
    assertEquals(2, Files.list(directory).count(), "no temporary file is left");
    assertTrue(expected.summary().contains("block1"), expected.summary());
  }

  /** Checkpoints name classes; those of runs before the layers moved must stay readable. */
  @Test
  void aCheckpointThatNamesTheLayersByTheirFormerPackageIsReadAsWell(@TempDir Path directory)
      throws Exception {
    Policy policy = NetworkPolicies.transformer(SHAPE, Precision.REFERENCE_FLOAT, 1, workers);
    policy.save(directory);
    try (FileSystem zip = FileSystems.newFileSystem(directory.resolve("network.zip"))) {
      Path configuration = zip.getPath("configuration.json");
      String now = Files.readString(configuration);
      String then =
          now.replace("policy.network.dl4j.", "policy.network.")
              .replace("\"position\" :", "\"kernels\" : true, \"position\" :");
      assertNotEquals(now, then);
      Files.writeString(configuration, then);
    }
    assertEquals(policy.parameters(), NetworkPolicies.restore(directory, workers).parameters());
    assertEquals(2, Files.list(directory).count(), "no temporary file is left");
  }

  /** The kernels' network was DL4J's once: steps of runs of then go on in one of its own. */
  @ParameterizedTest
  @MethodSource
  void theKernelsTakeUpParametersAndOptimizerThatDl4jKept(
      OptimizerSettings optimizer, @TempDir Path directory) throws Exception {
    NetworkPolicy then =
        (NetworkPolicy) NetworkPolicies.transformer(SHAPE, Precision.REFERENCE_FLOAT, 1, workers);
    then.resetOptimizer(optimizer);
    train(then, 3);
    NetworkCheckpoint.write(
        directory,
        then.kind().withPrecision(Precision.FAST_FLOAT),
        ((Dl4jNetwork) then.trainable()).network(),
        3);
    NetworkPolicy now = (NetworkPolicy) NetworkPolicies.restore(directory, workers);
    assertEquals(Precision.FAST_FLOAT, now.kind().precision());
    assertEquals(3, now.version());
    assertEquals(then.parameters(), now.parameters());
    assertSameSteps(then, now);
  }

  static List<OptimizerSettings> theKernelsTakeUpParametersAndOptimizerThatDl4jKept() {
    return List.of(NetworkFixtures.ADAM, new SgdSettings(0.5), new SgdSettings(0));
  }

  @ParameterizedTest
  @MethodSource("theKernelsTakeUpParametersAndOptimizerThatDl4jKept")
  void readableLayersTakeUpParametersAndOptimizerOfTheKernels(OptimizerSettings optimizer) {
    Policy fast = NetworkPolicies.transformer(SHAPE, Precision.FAST_FLOAT, 1, workers);
    fast.resetOptimizer(optimizer);
    train(fast, 3);
    Policy readable = NetworkPolicies.readable(fast, workers);
    assertEquals(3, readable.version());
    assertEquals(fast.parameters(), readable.parameters());
    assertSameSteps(fast, readable);
  }

  /** Gradients differ in the last digits of a float, and Adam adds its constant elsewhere. */
  private void assertSameSteps(Policy expected, Policy actual) {
    DoubleVector before = expected.parameters();
    backward(expected, 7);
    backward(actual, 7);
    expected.applyGradient(1e-3, 1);
    actual.applyGradient(1e-3, 1);
    double moved = 0;
    double apart = 0;
    for (int i = 0; i < before.size(); i++) {
      moved += Math.pow(expected.parameters().get(i) - before.get(i), 2);
      apart += Math.pow(expected.parameters().get(i) - actual.parameters().get(i), 2);
    }
    assertTrue(moved > 0);
    assertEquals(0, Math.sqrt(apart / moved), 1e-3);
  }

  @Test
  void memoryOutsideTheHeapStaysFlatOverAThousandUpdates() {
    Policy policy =
        NetworkPolicies.transformer(NetworkFixtures.SMALL, Precision.FAST_FLOAT, 1, workers);
    policy.resetOptimizer(NetworkFixtures.ADAM);
    train(policy, 200);
    long tracked = Pointer.totalBytes();
    long outside = outsideTheHeap();
    train(policy, 1000);
    long oneVectorPerStep = 1000L * policy.parameterCount() * Float.BYTES;
    assertTrue(
        Pointer.totalBytes() - tracked < oneVectorPerStep / 10,
        "JavaCPP: " + tracked + " -> " + Pointer.totalBytes() + " bytes");
    assertTrue(
        outsideTheHeap() - outside < oneVectorPerStep / 2,
        "process: " + outside + " -> " + outsideTheHeap() + " bytes");
  }

  private static long outsideTheHeap() {
    return Pointer.physicalBytes() - Runtime.getRuntime().totalMemory();
  }

  private void train(Policy policy, int steps) {
    for (int s = 0; s < steps; s++) {
      backward(policy, s);
      policy.applyGradient(1e-4, 1);
    }
  }

  private void backward(Policy policy, long seed) {
    try (ForwardPass pass = policy.forward(rows, 1)) {
      pass.backward(NetworkFixtures.coefficients(rows, seed));
    }
  }
}
