package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.math.Require;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.dl4j.Optimizers;
import org.grpo4j.policy.network.engine.FlatArrays;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.policy.network.kernels.FastKernels;
import org.grpo4j.policy.network.kernels.KernelEngine;

/** The makers of network policies. */
public final class NetworkPolicies {

  private static final EngineMaker FAST =
      (kind, workers) ->
          new KernelEngine(
              kind.shape(), kind.outputs(), FastKernels.fastest(), ConcurrentLinkedDeque::new);

  private NetworkPolicies() {}

  /** The kernels of transformers of fast precision here; other kernels, other last bits. */
  public static String fastKernels() {
    return FastKernels.describeFastest();
  }

  /** Whether these do without native libraries. */
  public static boolean fastKernelsAreJava() {
    return FastKernels.hasVectors();
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
    TrainableNetwork network =
        precision.usesKernels()
            ? KernelNetwork.first(kind, engines(precision), seed, 0, workers)
            : Dl4jNetwork.first(kind, seed, 0);
    return new NetworkPolicy(network, workers);
  }

  private static EngineMaker engines(Precision precision) {
    return precision == Precision.PLAIN_FLOAT ? PlainNetworks.ENGINES : FAST;
  }

  /**
   * {@code policy} as it is, parameters, optimiser and version, but computed by the readable layers
   * instead of the kernels: what to step into with a debugger. The last digits differ. A policy
   * that is readable already, or in plain Java, is returned itself.
   */
  public static Policy readable(Policy policy, Workers workers) {
    if (!(policy instanceof NetworkPolicy source)
        || source.kind().precision() != Precision.FAST_FLOAT) {
      return policy;
    }
    KernelNetwork fast = (KernelNetwork) source.trainable();
    NetworkKind kind = source.kind().withPrecision(Precision.REFERENCE_FLOAT);
    MultiLayerNetwork network =
        Optimizers.with(Dl4jNetwork.first(kind, 0, 0).network(), fast.optimizer());
    FlatArrays.write(fast.values(), 1, network.params());
    NetworkCheckpoint checkpoint = new NetworkCheckpoint(kind, network, policy.version());
    return new NetworkPolicy(new Dl4jNetwork(checkpoint), workers);
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
    return new NetworkPolicy(Dl4jNetwork.first(kind, seed, 0), workers);
  }

  /**
   * The policy that {@link Policy#save} wrote into {@code directory}, to the same bits.
   *
   * @throws IOException if a file is missing or not readable
   */
  public static Policy restore(Path directory, Workers workers) throws IOException {
    return new NetworkPolicy(read(directory, workers), workers);
  }

  /**
   * The critic of its own that {@link Critic#save} wrote into {@code directory}, to the same bits.
   *
   * @throws IOException if a file is missing or not readable
   */
  public static Critic restoreCritic(Path directory, Workers workers) throws IOException {
    return new NetworkCritic(read(directory, workers), workers);
  }

  private static TrainableNetwork read(Path directory, Workers workers) throws IOException {
    Optional<Precision> kernels = KernelNetworkFile.isIn(directory);
    if (kernels.isPresent()) {
      return KernelNetworkFile.read(directory, kernels.get(), engines(kernels.get()), workers);
    }
    NetworkCheckpoint checkpoint = NetworkCheckpoint.read(directory);
    return checkpoint.kind().precision().usesKernels()
        ? ofOlderRun(checkpoint, workers)
        : new Dl4jNetwork(checkpoint);
  }

  /** The kernels' network was kept by DL4J once. */
  private static TrainableNetwork ofOlderRun(NetworkCheckpoint checkpoint, Workers workers) {
    MultiLayerNetwork network = checkpoint.network();
    return new KernelNetwork(
        checkpoint.kind(),
        FAST,
        FlatArrays.doubles(network.params()),
        Optimizers.of(network),
        checkpoint.version(),
        workers);
  }
}
