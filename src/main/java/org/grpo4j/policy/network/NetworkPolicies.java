package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.math.Require;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.dl4j.LayerEngine;
import org.grpo4j.policy.network.dl4j.NetworkConfigurations;
import org.grpo4j.policy.network.dl4j.Optimizers;
import org.grpo4j.policy.network.engine.Engine;
import org.grpo4j.policy.network.engine.FlatArrays;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.policy.network.kernels.KernelEngine;
import org.grpo4j.policy.network.kernels.Kernels;

/** The makers of network policies. */
public final class NetworkPolicies {

  private NetworkPolicies() {}

  /** The kernels of transformers of fast precision here; other kernels, other last bits. */
  public static String fastKernels() {
    return Kernels.describeFastest();
  }

  /**
   * A freshly initialised transformer.
   *
   * @param shape its sizes
   * @param precision how it is computed
   * @param seed seed of its first parameters: the run seed
   * @param workers who computes; closed by its owner, not by the policy
   */
  public static Policy transformer(
      TransformerShape shape, Precision precision, long seed, Workers workers) {
    NetworkKind kind = NetworkKind.policy(NetworkKind.TRANSFORMER, shape, precision);
    return policy(fresh(kind, seed), workers);
  }

  /**
   * {@code policy} with a value head on its trunk: one more output, drawn from {@code seed}, beside
   * logits that stay as they are. {@link NetworkCritics#valueHead} reads it. The optimiser is
   * fresh.
   *
   * @param policy one of this package, without a value head
   */
  public static Policy withValueHead(Policy policy, long seed, Workers workers) {
    NetworkPolicy source = NetworkPolicy.of(policy);
    Require.that(
        !source.kind().hasValueHead(), "policy: must not have a value head yet, got " + policy);
    NetworkKind kind = source.kind().withOutputs(source.kind().vocabularySize() + 1);
    NetworkCheckpoint checkpoint = fresh(kind, seed);
    HeadTransfer.copy(source.kind(), source.network().params(), kind, checkpoint.network());
    return policy(new NetworkCheckpoint(kind, checkpoint.network(), policy.version()), workers);
  }

  /**
   * {@code policy} as it is, parameters, optimiser and version, but computed by the readable layers
   * instead of the kernels: what to step into with a debugger. The last digits differ. A policy
   * that is readable already is returned itself.
   */
  public static Policy readable(Policy policy, Workers workers) {
    if (!(policy instanceof NetworkPolicy source) || !source.kind().precision().usesKernels()) {
      return policy;
    }
    NetworkKind kind = source.kind().withPrecision(Precision.REFERENCE_FLOAT);
    MultiLayerNetwork network = Optimizers.withThatOf(source.network(), fresh(kind, 0).network());
    FlatArrays.write(source.parameters().toArray(), 1, network.params());
    return policy(new NetworkCheckpoint(kind, network, policy.version()), workers);
  }

  /**
   * A freshly initialised LSTM of stock DL4J layers: embedding, LSTM and {@link
   * org.grpo4j.policy.network.dl4j.LmHead}, run by DL4J's own layers.
   *
   * @param width numbers per token and LSTM cells
   * @param precision {@link Precision#REFERENCE_FLOAT} or {@link Precision#REFERENCE_DOUBLE}
   */
  public static Policy lstm(
      int vocabularySize,
      int contextLength,
      int width,
      Precision precision,
      long seed,
      Workers workers) {
    Require.that(
        !precision.usesKernels(),
        "precision: an LSTM has no kernels of its own, use a reference precision, got "
            + precision);
    TransformerShape shape =
        new TransformerShape(vocabularySize, contextLength, width, 1, 1, width);
    NetworkKind kind = NetworkKind.policy(NetworkKind.LSTM, shape, precision);
    return policy(fresh(kind, seed), workers);
  }

  /**
   * The policy that {@link Policy#save} wrote into {@code directory}, to the same bits.
   *
   * @throws IOException if a file is missing or not readable
   */
  public static Policy restore(Path directory, Workers workers) throws IOException {
    return policy(NetworkCheckpoint.read(directory), workers);
  }

  private static Policy policy(NetworkCheckpoint checkpoint, Workers workers) {
    return new NetworkPolicy(trainable(checkpoint), workers);
  }

  /** A network of this kind with first parameters drawn from {@code seed}. */
  static NetworkCheckpoint fresh(NetworkKind kind, long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            kind.architecture().equals(NetworkKind.TRANSFORMER)
                ? NetworkConfigurations.transformer(
                    kind.shape(), kind.outputs(), kind.precision(), seed)
                : NetworkConfigurations.lstm(kind.shape(), kind.outputs(), kind.precision(), seed));
    network.init();
    return new NetworkCheckpoint(kind, network, 0);
  }

  /** The network with the engine that suits it. */
  static TrainableNetwork trainable(NetworkCheckpoint checkpoint) {
    NetworkKind kind = checkpoint.kind();
    MultiLayerNetwork network = checkpoint.network();
    boolean kernels =
        kind.precision().usesKernels() && kind.architecture().equals(NetworkKind.TRANSFORMER);
    Engine engine =
        kernels
            ? new KernelEngine(kind.shape(), kind.outputs(), Kernels.fastest(), new float[0])
            : new LayerEngine(
                network.getLayerWiseConfigurations(),
                kind.vocabularySize(),
                kind.contextLength(),
                network.params());
    return new TrainableNetwork(kind, network, engine, checkpoint.version());
  }
}
