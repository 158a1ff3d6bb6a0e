package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;

/** Where network policies come from. */
public final class NetworkPolicies {

  private static final AdamSettings INITIAL = new AdamSettings(0.9, 0.999, 1e-8);

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
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(shape, precision, seed));
    network.init();
    NetworkKind kind = new NetworkKind(NetworkKind.TRANSFORMER, shape, precision);
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
    if (!kind.precision().usesKernels()) {
      throw new UnsupportedOperationException("reference precision: not built yet");
    }
    Engine engine = new KernelEngine(kind.shape(), Kernels.fastest(), new float[0]);
    return new NetworkPolicy(kind, checkpoint.network(), engine, workers, checkpoint.version());
  }

  static MultiLayerConfiguration configuration(
      TransformerShape shape, Precision precision, long seed) {
    NeuralNetConfiguration.ListBuilder layers = builder(precision, seed).list();
    layers.layer(new TokenEmbedding(shape));
    for (int i = 0; i < shape.layers(); i++) {
      layers.layer(new TransformerBlock(shape, i, precision.usesKernels()));
    }
    layers.layer(new LmHead(shape.width(), shape.vocabularySize(), shape.layers() + 1));
    return layers.build();
  }

  private static NeuralNetConfiguration.Builder builder(Precision precision, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .dataType(precision.dataType())
        .updater(Optimizers.adam(INITIAL))
        .trainingWorkspaceMode(WorkspaceMode.NONE)
        .inferenceWorkspaceMode(WorkspaceMode.NONE);
  }
}
