package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.BlockStep;
import org.grpo4j.policy.GradientClipping;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.NonFinite;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.ParameterMatrix;
import org.grpo4j.policy.network.dl4j.Optimizers;
import org.grpo4j.policy.network.engine.Engine;
import org.grpo4j.policy.network.engine.FlatArrays;
import org.grpo4j.policy.network.engine.GradientSum;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The network of a policy or a critic: parameters, optimiser and serial form of a DL4J {@link
 * MultiLayerNetwork}. The gradient reaches it from outside ("external errors"): an {@link Engine}
 * computes it, and the network's own updater applies it.
 */
final class TrainableNetwork {

  private final NetworkKind kind;
  private final Engine engine;
  private final GradientSum gradientSum;
  private final List<ParameterBlock> blocks;
  private MultiLayerNetwork network;
  private final Optional<ExpertBalance> balance;
  private BitSet frozen = new BitSet();
  private long version;
  private long parameterState;

  TrainableNetwork(NetworkKind kind, MultiLayerNetwork network, Engine engine, long version) {
    this.kind = kind;
    this.network = network;
    this.engine = engine;
    this.gradientSum = new GradientSum((int) network.numParams());
    this.version = version;
    this.blocks = matricesOf(network).stream().map(ParameterMatrix::block).toList();
    this.balance = kind.shape().experts().map(experts -> new ExpertBalance(experts, blocks));
    engine.load(network.params());
  }

  NetworkKind kind() {
    return kind;
  }

  Engine engine() {
    return engine;
  }

  /** The DL4J network: configuration, {@code summary()}, parameters, updater. */
  MultiLayerNetwork network() {
    return network;
  }

  /** The balance of the experts; empty if there are none. */
  Optional<ExpertBalance> balance() {
    return balance;
  }

  GradientSum gradientSum() {
    return gradientSum;
  }

  /** Optimiser steps since the first parameters. */
  long version() {
    return version;
  }

  /** Counts changes of the parameters, whatever caused them. */
  long parameterState() {
    return parameterState;
  }

  /** Clips the accumulated gradient, takes a step unless it leads off the finite, clears it. */
  GradientStep applyGradient(double learningRate, double maxGradientNorm) {
    frozen.stream().forEach(i -> gradientSum.values()[i] = 0);
    GradientClipping clipping = GradientClipping.of(gradientSum.values(), maxGradientNorm);
    double[] before = FlatArrays.doubles(network.params());
    Optional<NonFinite> fault = clipping.fault(blocks, before, gradientSum.values());
    if (fault.isEmpty()) {
      step(clipping.factor(), learningRate);
      double[] after = FlatArrays.doubles(network.params());
      fault = NonFinite.first("parameter", blocks, before, after);
      if (fault.isPresent()) {
        FlatArrays.write(before, 1, network.params());
      } else {
        version++;
        parametersChanged();
      }
    }
    List<BlockStep> steps =
        BlockStep.of(blocks, gradientSum.values(), before, FlatArrays.doubles(network.params()));
    gradientSum.clear();
    balance.ifPresent(ExpertBalance::clear);
    return new GradientStep(clipping.norm(), clipping.factor(), version, steps, fault);
  }

  private void step(double factor, double learningRate) {
    if (network.getFlattenedGradients() == null) {
      network.initGradientsView();
    }
    INDArray gradient = network.getFlattenedGradients();
    FlatArrays.write(gradientSum.values(), factor, gradient);
    Optimizers.setLearningRate(network, learningRate);
    Optimizers.applyUpdater(network);
    // The updater has turned the gradient into the step, in place.
    network.params().subi(gradient.reshape(network.params().shape()));
    network.setIterationCount(network.getIterationCount() + 1);
    balance.ifPresent(some -> some.step(network.params(), frozen));
  }

  private void parametersChanged() {
    parameterState++;
    engine.load(network.params());
  }

  void resetOptimizer(OptimizerSettings settings) {
    network = Optimizers.withFresh(network, settings);
  }

  void freeze(BitSet some) {
    frozen = (BitSet) some.clone();
  }

  int parameterCount() {
    return (int) network.numParams();
  }

  int activeParameterCount() {
    return parameterCount() - kind.shape().idleParameters();
  }

  List<ParameterBlock> parameterBlocks() {
    return blocks;
  }

  List<ParameterMatrix> parameterMatrices() {
    return matricesOf(network);
  }

  private static List<ParameterMatrix> matricesOf(MultiLayerNetwork network) {
    List<ParameterMatrix> matrices = new ArrayList<>();
    int offset = 0;
    for (Layer layer : network.getLayers()) {
      String layerName = layer.conf().getLayer().getLayerName();
      for (String key : layer.conf().getLayer().initializer().paramKeys(layer.conf().getLayer())) {
        INDArray values = layer.getParam(key);
        int size = (int) values.length();
        int rowLength =
            values.rank() == 2 ? (int) values.size(values.ordering() == 'f' ? 0 : 1) : size;
        matrices.add(
            new ParameterMatrix(
                new ParameterBlock(layerName + "." + key, offset, size), rowLength));
        offset += size;
      }
    }
    return List.copyOf(matrices);
  }

  DoubleVector parameters() {
    return DoubleVector.of(FlatArrays.doubles(network.params()));
  }

  void setParameters(DoubleVector parameters) {
    requireSize(parameters);
    FlatArrays.write(parameters.toArray(), 1, network.params());
    parametersChanged();
  }

  /** These numbers in an array of their own, in the network's precision. */
  INDArray asParameters(DoubleVector parameters) {
    requireSize(parameters);
    INDArray values = network.params().dup();
    FlatArrays.write(parameters.toArray(), 1, values);
    return values;
  }

  private void requireSize(DoubleVector parameters) {
    if (parameters.size() != parameterCount()) {
      throw new IllegalArgumentException(
          "parameters: must be " + parameterCount() + " numbers, got " + parameters.size());
    }
  }

  void save(Path directory) throws IOException {
    NetworkCheckpoint.write(directory, kind, network, version);
  }

  /** One line for a log. */
  String describe(int workers) {
    return kind.describe()
        + ", "
        + parameterCount()
        + " parameters"
        + (kind.shape().experts().isEmpty() ? "" : " (" + activeParameterCount() + " active)")
        + ", "
        + workers
        + (workers == 1 ? " worker" : " workers");
  }
}
