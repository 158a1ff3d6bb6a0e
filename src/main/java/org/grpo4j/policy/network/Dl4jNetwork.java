package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.ParameterMatrix;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.dl4j.LayerEngine;
import org.grpo4j.policy.network.dl4j.NetworkConfigurations;
import org.grpo4j.policy.network.dl4j.Optimizers;
import org.grpo4j.policy.network.engine.FlatArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network whose parameters, optimiser and serial form are those of a DL4J {@link
 * MultiLayerNetwork} ("external errors"): the network's own updater applies the gradient.
 */
final class Dl4jNetwork extends TrainableNetwork {

  private MultiLayerNetwork network;

  /** The network of a checkpoint. */
  Dl4jNetwork(NetworkCheckpoint checkpoint) {
    super(
        checkpoint.kind(),
        new LayerEngine(
            checkpoint.network().getLayerWiseConfigurations(),
            checkpoint.kind().vocabularySize(),
            checkpoint.kind().contextLength(),
            checkpoint.network().params()),
        matricesOf(checkpoint.network()),
        FlatArrays.doubles(checkpoint.network().params()),
        checkpoint.version());
    this.network = checkpoint.network();
  }

  /** A network of this kind with first parameters drawn from {@code seed}. */
  static Dl4jNetwork first(NetworkKind kind, long seed, long version) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            kind.architecture().equals(NetworkKind.TRANSFORMER)
                ? NetworkConfigurations.transformer(
                    kind.shape(), kind.outputs(), kind.precision(), seed)
                : NetworkConfigurations.lstm(kind.shape(), kind.outputs(), kind.precision(), seed));
    network.init();
    return new Dl4jNetwork(new NetworkCheckpoint(kind, network, version));
  }

  @Override
  TrainableNetwork fresh(NetworkKind other, long seed, long itsVersion, Workers workers) {
    return first(other, seed, itsVersion);
  }

  /** The DL4J network: configuration, {@code summary()}, parameters, updater. */
  MultiLayerNetwork network() {
    return network;
  }

  @Override
  double[] values() {
    return FlatArrays.doubles(network.params());
  }

  @Override
  void write(double[] values) {
    FlatArrays.write(values, 1, network.params());
  }

  @Override
  void step(double[] gradients, double factor, double learningRate) {
    if (network.getFlattenedGradients() == null) {
      network.initGradientsView();
    }
    INDArray gradient = network.getFlattenedGradients();
    FlatArrays.write(gradients, factor, gradient);
    Optimizers.setLearningRate(network, learningRate);
    Optimizers.applyUpdater(network);
    // The updater has turned the gradient into the step, in place.
    network.params().subi(gradient.reshape(network.params().shape()));
    network.setIterationCount(network.getIterationCount() + 1);
  }

  @Override
  void resetOptimizer(OptimizerSettings settings) {
    network = Optimizers.withFresh(network, settings);
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

  @Override
  void save(Path directory) throws IOException {
    NetworkCheckpoint.write(directory, kind(), network, version());
  }
}
