package org.grpo4j.policy.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.policy.network.kernels.KernelEngine;
import org.grpo4j.policy.network.kernels.Kernels;

/**
 * The makers of transformers in plain Java ({@link Precision#PLAIN_FLOAT}): without DL4J, ND4J or
 * the Vector API, and with the same bits everywhere, because every operation is one whose result
 * IEEE 754 settles. {@link NetworkCritics} makes critics of them.
 */
public final class PlainNetworks {

  static final EngineMaker ENGINES =
      (kind, workers) ->
          new KernelEngine(kind.shape(), kind.outputs(), Kernels.plain(), workers::stack);

  private PlainNetworks() {}

  /**
   * A freshly initialised transformer.
   *
   * @param seed seed of its first parameters: the run seed
   * @param workers who computes; nobody else may at the same time
   */
  public static Policy transformer(TransformerShape shape, long seed, Workers workers) {
    NetworkKind kind = NetworkKind.policy(NetworkKind.TRANSFORMER, shape, Precision.PLAIN_FLOAT);
    return new NetworkPolicy(KernelNetwork.first(kind, ENGINES, seed, 0, workers), workers);
  }

  /**
   * Writes what {@link Policy#save} writes.
   *
   * @param policy one of this class
   */
  public static void write(Policy policy, OutputStream file) throws IOException {
    plain(NetworkPolicy.of(policy).trainable()).write(file);
  }

  /**
   * Writes what {@link Critic#save} writes.
   *
   * @param critic one that {@link NetworkCritics#separate} made of a policy of this class
   */
  public static void write(Critic critic, OutputStream file) throws IOException {
    if (!(critic instanceof NetworkCritic network)) {
      throw new IllegalArgumentException("critic: must be a network, got " + critic.describe());
    }
    plain(network.trainable()).write(file);
  }

  private static KernelNetwork plain(TrainableNetwork network) {
    if (network.kind().precision() == Precision.PLAIN_FLOAT) {
      return (KernelNetwork) network;
    }
    throw new IllegalArgumentException(
        "network: must be of the precision plain-float, got " + network.kind().describe());
  }

  /**
   * The policy in a file that {@link Policy#save} wrote.
   *
   * @throws IOException if it is not such a file
   */
  public static Policy restore(InputStream file, Workers workers) throws IOException {
    return new NetworkPolicy(read(file, workers), workers);
  }

  /**
   * The critic in a file that {@link Critic#save} wrote.
   *
   * @throws IOException if it is not such a file
   */
  public static Critic restoreCritic(InputStream file, Workers workers) throws IOException {
    return new NetworkCritic(read(file, workers), workers);
  }

  private static KernelNetwork read(InputStream file, Workers workers) throws IOException {
    return KernelNetworkFile.read(file, Precision.PLAIN_FLOAT, ENGINES, workers);
  }
}
