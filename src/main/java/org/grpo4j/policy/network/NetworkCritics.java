package org.grpo4j.policy.network;

import org.grpo4j.math.Require;
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
    TrainableNetwork network =
        NetworkPolicy.of(policy).trainable().withOutputs(1, seed, 0, workers);
    return new NetworkCritic(network, workers);
  }

  /**
   * The value head of a policy that has one: see {@link #withValueHead}. It shares parameters,
   * gradient and optimiser step with the policy.
   */
  public static Critic valueHead(Policy policy) {
    return new ValueHeadCritic(NetworkPolicy.of(policy));
  }

  /**
   * {@code policy} with a value head on its trunk: one more output, drawn from {@code seed}, beside
   * logits that stay as they are. {@link #valueHead} reads it. The optimiser is fresh.
   *
   * @param policy one of this package, without a value head
   */
  public static Policy withValueHead(Policy policy, long seed, Workers workers) {
    NetworkPolicy source = NetworkPolicy.of(policy);
    Require.that(
        !source.kind().hasValueHead(), "policy: must not have a value head yet, got " + policy);
    int outputs = source.kind().vocabularySize() + 1;
    return new NetworkPolicy(
        source.trainable().withOutputs(outputs, seed, policy.version(), workers), workers);
  }
}
