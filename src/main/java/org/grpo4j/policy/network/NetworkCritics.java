package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;

/** The makers of network critics. */
public final class NetworkCritics {

  private NetworkCritics() {}

  /**
   * A critic of its own: a network of the policy's sizes whose trunk starts as a copy of the
   * policy's, under a head with a single output drawn from {@code seed}.
   *
   * @param policy one of this package, with or without a value head
   */
  public static Critic separate(Policy policy, long seed, Workers workers) {
    NetworkPolicy source = NetworkPolicy.of(policy);
    NetworkKind kind = source.kind().withOutputs(1);
    NetworkCheckpoint checkpoint = NetworkPolicies.fresh(kind, seed);
    HeadTransfer.copy(source.kind(), source.network().params(), kind, checkpoint.network());
    return new NetworkCritic(NetworkPolicies.trainable(checkpoint), workers);
  }

  /**
   * The value head of a policy that has one: see {@link NetworkPolicies#withValueHead}. It shares
   * parameters, gradient and optimiser step with the policy.
   */
  public static Critic valueHead(Policy policy) {
    return new ValueHeadCritic(NetworkPolicy.of(policy));
  }

  /**
   * The critic of its own that {@link Critic#save} wrote into {@code directory}, to the same bits.
   *
   * @throws IOException if a file is missing or not readable
   */
  public static Critic restore(Path directory, Workers workers) throws IOException {
    return new NetworkCritic(NetworkPolicies.trainable(NetworkCheckpoint.read(directory)), workers);
  }
}
