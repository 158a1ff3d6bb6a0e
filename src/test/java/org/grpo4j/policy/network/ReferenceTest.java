package org.grpo4j.policy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.math.NormalDeviates;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.dl4j.NetworkConfigurations;
import org.grpo4j.policy.network.engine.NativeThreads;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The chain of proof: finite differences prove the reference, the reference proves the kernels. */
class ReferenceTest {

  static {
    // Before this class asks ND4J for an array.
    NativeThreads.one();
  }

  private static final TransformerShape TINY = new TransformerShape(7, 6, 8, 2, 2, 12);

  private static final List<TransformerShape> SHAPES =
      List.of(
          NetworkFixtures.SMALL,
          NetworkFixtures.TWO_LAYERS,
          NetworkFixtures.EXPERTS,
          NetworkFixtures.BIASED_EXPERTS);

  private final Workers workers = new Workers(1);

  @Test
  void finiteDifferencesInDoubleConfirmTheReference() {
    long batch = 3;
    long time = 5;
    // GradientCheckUtil wants a loss layer; it has no parameters, so the flat vector is the same.
    MultiLayerConfiguration configuration =
        NetworkConfigurations.transformerLayers(
                TINY, TINY.vocabularySize(), Precision.REFERENCE_DOUBLE, 7)
            .layer(
                new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build())
            .inputPreProcessor(TINY.layers() + 2, new RnnToFeedForwardPreProcessor(RNNFormat.NWC))
            .build();
    configuration
        .getConfs()
        .forEach(
            c -> {
              if (c.getLayer() instanceof org.deeplearning4j.nn.conf.layers.BaseLayer base) {
                base.setIUpdater(new NoOp());
              }
            });
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    SplittableRandom random = new SplittableRandom(1);
    // Away from the initial values, where gains are 1 and biases 0.
    INDArray parameters = network.params();
    for (long i = 0; i < parameters.length(); i++) {
      parameters.putScalar(i, parameters.getDouble(i) + 0.3 * NormalDeviates.next(random));
    }
    INDArray ids = Nd4j.create(DataType.DOUBLE, batch, time);
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, batch * time, TINY.vocabularySize());
    for (int i = 0; i < batch * time; i++) {
      ids.putScalar(i, random.nextInt(TINY.vocabularySize()));
      labels.putScalar(i, random.nextInt(TINY.vocabularySize()), 1);
    }
    DataType usual = Nd4j.dataType();
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    boolean passed =
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.MLNConfig()
                .net(network)
                .input(ids)
                .labels(labels)
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-8)
                .print(GradientCheckUtil.PrintMode.ZEROS));
    Nd4j.setDefaultDataTypes(usual, usual);
    assertTrue(passed);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST_FLOAT", "PLAIN_FLOAT"})
  void kernelsGiveTheScoresOfTheReference(Precision precision) {
    for (TransformerShape shape : SHAPES) {
      List<Sequence> rows = NetworkFixtures.rows(shape, 6, 5, 4, 2);
      try (Policy reference = policy(shape, Precision.REFERENCE_DOUBLE);
          Policy fast = policy(shape, precision)) {
        fast.setParameters(moved(reference));
        reference.setParameters(fast.parameters());
        TokenTable expected = reference.logProbs(rows, 0.7).table();
        TokenTable actual = fast.logProbs(rows, 0.7).table();
        for (int i = 0; i < rows.size(); i++) {
          for (int t = 0; t < expected.length(i); t++) {
            double tolerance = 1e-5 * Math.max(1, Math.abs(expected.get(i, t)));
            assertEquals(expected.get(i, t), actual.get(i, t), tolerance);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST_FLOAT", "PLAIN_FLOAT"})
  void kernelsGiveTheGradientOfTheReference(Precision precision) {
    for (TransformerShape shape : SHAPES) {
      List<Sequence> rows = NetworkFixtures.rows(shape, 6, 5, 4, 2);
      try (Policy reference = policy(shape, Precision.REFERENCE_DOUBLE);
          Policy fast = policy(shape, precision)) {
        fast.setParameters(moved(reference));
        reference.setParameters(fast.parameters());
        double[] expected = gradient(reference, rows);
        double[] actual = gradient(fast, rows);
        for (var block : fast.parameterBlocks()) {
          if (block.name().endsWith("router.bias")) { // no gradient reaches it
            assertEquals(0, part(expected, block.offset(), 1)[0]);
            assertEquals(0, part(actual, block.offset(), 1)[0]);
            continue;
          }
          double difference =
              NetworkFixtures.relativeDifference(
                  part(expected, block.offset(), block.size()),
                  part(actual, block.offset(), block.size()));
          // Softmax ignores what all keys share, so the gradient of a key bias is 0 plus rounding;
          // it is part of a block whose other parts have a scale.
          assertTrue(difference < 1e-5, block.name() + ": " + difference);
        }
      }
    }
  }

  /**
   * The loss of a policy and its balance loss (Eq. 26) beside it, by finite differences: along a
   * direction in each block, and for single parameters of a router.
   */
  @Test
  void finiteDifferencesConfirmTheGradientThroughExperts() {
    for (TransformerShape shape :
        List.of(NetworkFixtures.EXPERTS, NetworkFixtures.BIASED_EXPERTS)) {
      List<Sequence> rows = NetworkFixtures.rows(shape, 2, 1, 4, 2);
      Policy policy = policy(shape, Precision.REFERENCE_DOUBLE);
      policy.setParameters(moved(policy));
      TokenTable g = NetworkFixtures.coefficients(rows, 1);
      try (ForwardPass pass = policy.forward(rows, 1)) {
        pass.backward(g);
      }
      DifferenceCheck check = new DifferenceCheck(policy, rows, g);
      SplittableRandom random = new SplittableRandom(3);
      for (var block : policy.parameterBlocks()) {
        double[] direction = new double[policy.parameterCount()];
        for (int i = block.offset(); i < block.offset() + block.size(); i++) {
          direction[i] = NormalDeviates.next(random);
        }
        check.along(direction, block.name());
        int alone = block.name().equals("block0.feedforward.router.weight") ? block.size() : 0;
        for (int i = 0; i < alone; i += 7) {
          double[] unit = new double[policy.parameterCount()];
          unit[block.offset() + i] = 1;
          check.along(unit, block.name() + "[" + i + "]");
        }
      }
    }
  }

  /** Compares a policy's gradient with differences of its loss. */
  private record DifferenceCheck(
      Policy policy,
      List<Sequence> rows,
      TokenTable g,
      org.grpo4j.math.DoubleVector start,
      org.grpo4j.math.DoubleVector gradient) {

    DifferenceCheck(Policy policy, List<Sequence> rows, TokenTable g) {
      this(policy, rows, g, policy.parameters(), policy.gradient());
    }

    void along(double[] direction, String name) {
      double expected = 0;
      for (int i = 0; i < direction.length; i++) {
        expected += direction[i] * gradient.get(i);
      }
      double measured = (loss(direction, 1e-6) - loss(direction, -1e-6)) / 2e-6;
      assertEquals(expected, measured, 1e-8 + 1e-6 * Math.abs(expected), name);
    }

    private double loss(double[] direction, double step) {
      double[] there = start.toArray();
      for (int i = 0; i < there.length; i++) {
        there[i] += step * direction[i];
      }
      policy.setParameters(org.grpo4j.math.DoubleVector.of(there));
      try (ForwardPass pass = policy.forward(rows, 1)) {
        double weight = policy.describe().contains("shared 5") ? 0.5 : 0;
        double loss = weight * pass.routing().orElseThrow().balanceLoss();
        for (int i = 0; i < rows.size(); i++) {
          for (int t = 0; t < g.length(i); t++) {
            loss += g.get(i, t) * pass.logProbs().table().get(i, t);
          }
        }
        return loss;
      }
    }
  }

  @Test
  void theReadableBlockDecodesStepByStepAndItsCacheCanBeTakenOutAndPutBack() {
    TransformerShape shape = NetworkFixtures.TWO_LAYERS;
    MultiLayerNetwork network = network(shape, Precision.REFERENCE_FLOAT);
    INDArray ids = ids(shape, 5, 9);
    INDArray full = output(network, ids);
    network.rnnClearPreviousState();
    INDArray steps = network.rnnTimeStep(columns(ids, 0, 4));
    assertClose(time(full, 3), time(steps, 3));
    MultiLayerNetwork other = network(shape, Precision.REFERENCE_FLOAT);
    for (int i = 0; i < network.getnLayers(); i++) {
      other.rnnSetPreviousState(i, network.rnnGetPreviousState(i));
    }
    for (int t = 4; t < 9; t++) {
      INDArray next = columns(ids, t, t + 1);
      INDArray step = network.rnnTimeStep(next);
      assertClose(time(full, t), time(step, 0));
      assertEquals(step, other.rnnTimeStep(next));
    }
    assertThrows(IllegalStateException.class, () -> network.rnnTimeStep(ids(shape, 3, 1)));
  }

  private Policy policy(TransformerShape shape, Precision precision) {
    return NetworkPolicies.transformer(shape, precision, 3, workers);
  }

  private static MultiLayerNetwork network(TransformerShape shape, Precision precision) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(NetworkConfigurations.transformer(shape, precision, 3));
    network.init();
    network.initGradientsView();
    return network;
  }

  /** Parameters with gains that are not 1 and biases that are not 0, exact in float. */
  private static org.grpo4j.math.DoubleVector moved(Policy policy) {
    double[] parameters = policy.parameters().toArray();
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (parameters[i] + 0.1 * NormalDeviates.next(random));
    }
    return org.grpo4j.math.DoubleVector.of(parameters);
  }

  private static double[] gradient(Policy policy, List<Sequence> rows) {
    try (ForwardPass pass = policy.forward(rows, 0.7)) {
      pass.backward(NetworkFixtures.coefficients(rows, 1), NetworkFixtures.coefficients(rows, 2));
    }
    return policy.gradient().toArray();
  }

  private static double[] part(double[] values, int offset, int size) {
    return java.util.Arrays.copyOfRange(values, offset, offset + size);
  }

  private static INDArray ids(TransformerShape shape, int batch, int time) {
    INDArray ids = Nd4j.create(DataType.FLOAT, batch, time);
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < batch * time; i++) {
      ids.putScalar(i, random.nextInt(shape.vocabularySize()));
    }
    return ids;
  }

  private static INDArray columns(INDArray ids, int from, int to) {
    return ids.get(
            org.nd4j.linalg.indexing.NDArrayIndex.all(),
            org.nd4j.linalg.indexing.NDArrayIndex.interval(from, to))
        .dup('c');
  }

  private static INDArray time(INDArray output, int t) {
    return output.get(
        org.nd4j.linalg.indexing.NDArrayIndex.all(),
        org.nd4j.linalg.indexing.NDArrayIndex.point(t),
        org.nd4j.linalg.indexing.NDArrayIndex.all());
  }

  private static INDArray output(MultiLayerNetwork network, INDArray ids) {
    network.setInput(ids);
    List<INDArray> activations = network.feedForward(true, false);
    return activations.get(activations.size() - 1);
  }

  private static void assertClose(INDArray expected, INDArray actual) {
    double difference =
        NetworkFixtures.relativeDifference(
            expected.dup('c').data().asDouble(), actual.dup('c').data().asDouble());
    assertTrue(difference < 1e-5, "relative difference " + difference);
  }
}
