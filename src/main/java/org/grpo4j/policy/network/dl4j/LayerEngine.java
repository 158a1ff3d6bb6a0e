package org.grpo4j.policy.network.dl4j;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.network.engine.Engine;
import org.grpo4j.policy.network.engine.FlatArrays;
import org.grpo4j.policy.network.engine.MicroPass;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Any DL4J network from token ids {@code [B, T]} to outputs {@code [B, T, H]}, through {@code
 * feedForward}, {@code backpropGradient} and {@code rnnTimeStep}. A network keeps activations and
 * decoding state in its layers, so each pass borrows a replica from a pool.
 */
public final class LayerEngine implements Engine {

  /** One copy of the network, and which parameters it holds. */
  private record Replica(MultiLayerNetwork network, INDArray parameters) {}

  private final MultiLayerConfiguration configuration;
  private final int vocabularySize;
  private final int contextLength;
  private final ConcurrentLinkedDeque<Replica> idle = new ConcurrentLinkedDeque<>();
  private volatile INDArray parameters;

  /** An engine at these parameters; it copies them for each replica. */
  public LayerEngine(
      MultiLayerConfiguration configuration,
      int vocabularySize,
      int contextLength,
      INDArray parameters) {
    this.configuration = configuration;
    this.vocabularySize = vocabularySize;
    this.contextLength = contextLength;
    this.parameters = parameters;
  }

  @Override
  public void load(double[] flat) {
    INDArray loaded = parameters.dup();
    FlatArrays.write(flat, 1, loaded);
    parameters = loaded;
  }

  @Override
  public Engine copy() {
    return new LayerEngine(configuration, vocabularySize, contextLength, parameters);
  }

  /** A replica at the present parameters; give it back with {@link #giveBack}. */
  MultiLayerNetwork borrow() {
    INDArray present = parameters;
    Replica replica = idle.poll();
    if (replica == null) {
      MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
      network.init(present.dup(), false);
      network.initGradientsView();
      return network;
    }
    if (replica.parameters() != present) {
      replica.network().params().assign(present);
    }
    replica.network().rnnClearPreviousState();
    return replica.network();
  }

  void giveBack(MultiLayerNetwork network, INDArray held) {
    idle.push(new Replica(network, held));
  }

  int vocabularySize() {
    return vocabularySize;
  }

  int contextLength() {
    return contextLength;
  }

  /** The present parameters: never written to, only replaced. */
  INDArray parameters() {
    return parameters;
  }

  @Override
  public MicroPass forward(List<Sequence> rows, Optional<Routing> given) {
    return new LayerPass(this, rows, given);
  }

  @Override
  public Decoding startDecoding(List<TokenSequence> prompts, int copies) {
    return new LayerDecoding(this, prompts, copies);
  }
}
