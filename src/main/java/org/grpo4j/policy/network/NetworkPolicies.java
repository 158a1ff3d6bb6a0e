package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;

/** Where network policies come from. */
public final class NetworkPolicies {

  private NetworkPolicies() {}

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
    MultiLayerNetwork network =
        new MultiLayerNetwork(NetworkConfigurations.transformer(shape, precision, seed));
    network.init();
    NetworkKind kind = new NetworkKind(NetworkKind.TRANSFORMER, shape, precision);
    return policy(new NetworkCheckpoint(kind, network, 0), workers);
  }

  /**
   * A freshly initialised LSTM of stock DL4J layers: embedding, LSTM and {@link LmHead}, run by
   * DL4J's own layers.
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
    if (precision.usesKernels()) {
      throw new IllegalArgumentException(
          "precision: an LSTM has no kernels of its own, use a reference precision, got "
              + precision);
    }
    TransformerShape shape =
        new TransformerShape(vocabularySize, contextLength, width, 1, 1, width);
    MultiLayerNetwork network =
        new MultiLayerNetwork(NetworkConfigurations.lstm(shape, precision, seed));
    network.init();
    NetworkKind kind = new NetworkKind(NetworkKind.LSTM, shape, precision);
    return policy(new NetworkCheckpoint(kind, network, 0), workers);
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
    NetworkKind kind = checkpoint.kind();
    MultiLayerNetwork network = checkpoint.network();
    boolean kernels =
        kind.precision().usesKernels() && kind.architecture().equals(NetworkKind.TRANSFORMER);
    Engine engine =
        kernels
            ? new KernelEngine(kind.shape(), Kernels.fastest(), new float[0])
            : new LayerEngine(
                network.getLayerWiseConfigurations(), kind.contextLength(), network.params());
    return new NetworkPolicy(kind, network, engine, workers, checkpoint.version());
  }
}
