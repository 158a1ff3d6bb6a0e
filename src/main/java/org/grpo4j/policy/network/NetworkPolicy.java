package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.GradientClipping;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.PolicySnapshot;
import org.grpo4j.policy.TokenScores;
import org.grpo4j.policy.Workers;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A policy whose parameters, optimiser and serial form are those of a DL4J {@link
 * MultiLayerNetwork}. The gradient reaches the network from outside ("external errors"): an {@link
 * Engine} computes it, and the network's own updater, DL4J's Adam, applies it.
 */
final class NetworkPolicy implements Policy {

  private final NetworkKind kind;
  private final NetworkModel model;
  private final GradientSum gradientSum;
  private MultiLayerNetwork network;
  private long version;
  private long parameterState;

  NetworkPolicy(
      NetworkKind kind, MultiLayerNetwork network, Engine engine, Workers workers, long version) {
    this.kind = kind;
    this.network = network;
    this.model = new NetworkModel(engine, workers, kind.vocabularySize(), kind.contextLength());
    this.gradientSum = new GradientSum((int) network.numParams());
    this.version = version;
    engine.load(network.params());
  }

  /** The DL4J network: configuration, {@code summary()}, parameters, updater. */
  MultiLayerNetwork network() {
    return network;
  }

  NetworkModel model() {
    return model;
  }

  GradientSum gradientSum() {
    return gradientSum;
  }

  /** Counts changes of the parameters, whatever caused them. */
  long parameterState() {
    return parameterState;
  }

  @Override
  public int vocabularySize() {
    return model.vocabularySize();
  }

  @Override
  public int contextLength() {
    return model.contextLength();
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Decoding startDecoding(List<TokenSequence> prompts, int copies) {
    return model.startDecoding(prompts, copies);
  }

  @Override
  public TokenScores score(List<Sequence> rows, double temperature) {
    return model.score(rows, temperature);
  }

  @Override
  public ForwardPass forward(List<Sequence> rows, double temperature) {
    return new NetworkForwardPass(this, model.forward(rows, temperature, true));
  }

  @Override
  public GradientStep applyGradient(double learningRate, double maxGradientNorm) {
    GradientClipping clipping = GradientClipping.of(gradientSum.values(), maxGradientNorm);
    if (Double.isFinite(clipping.norm())) {
      step(clipping.factor(), learningRate);
    }
    gradientSum.clear();
    return new GradientStep(clipping.norm(), clipping.factor(), version);
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
    version++;
    parametersChanged();
  }

  private void parametersChanged() {
    parameterState++;
    model.engine().load(network.params());
  }

  @Override
  public void resetOptimizer(AdamSettings settings) {
    network = Optimizers.withFreshAdam(network, settings);
  }

  @Override
  public PolicySnapshot snapshot() {
    NetworkModel frozen =
        new NetworkModel(model.engine().copy(), model.workers(), vocabularySize(), contextLength());
    return new NetworkSnapshot(frozen, version, parameters());
  }

  @Override
  public int parameterCount() {
    return (int) network.numParams();
  }

  @Override
  public List<ParameterBlock> parameterBlocks() {
    List<ParameterBlock> blocks = new ArrayList<>();
    int offset = 0;
    for (Layer layer : network.getLayers()) {
      String layerName = layer.conf().getLayer().getLayerName();
      for (String key : layer.conf().getLayer().initializer().paramKeys(layer.conf().getLayer())) {
        int size = (int) layer.getParam(key).length();
        blocks.add(new ParameterBlock(layerName + "." + key, offset, size));
        offset += size;
      }
    }
    return blocks;
  }

  @Override
  public DoubleVector parameters() {
    return DoubleVector.of(network.params().data().asDouble());
  }

  @Override
  public void setParameters(DoubleVector parameters) {
    if (parameters.size() != parameterCount()) {
      throw new IllegalArgumentException(
          "parameters: must be " + parameterCount() + " numbers, got " + parameters.size());
    }
    FlatArrays.write(parameters.toArray(), 1, network.params());
    parametersChanged();
  }

  @Override
  public DoubleVector gradient() {
    return DoubleVector.of(gradientSum.values());
  }

  @Override
  public void save(Path directory) throws IOException {
    NetworkCheckpoint.write(directory, kind, network, version);
  }

  @Override
  public String describe() {
    return kind.describe()
        + ", "
        + parameterCount()
        + " parameters, "
        + model.workers().count()
        + (model.workers().count() == 1 ? " worker" : " workers");
  }

  @Override
  public void close() {}
}
