package org.grpo4j.experiment;

import java.io.IOException;
import java.nio.file.Path;
import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.TabularCritic;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkCritics;
import org.grpo4j.policy.network.NetworkPolicies;
import org.grpo4j.train.CriticSettings;
import org.grpo4j.train.GrpoSettings;

/** PPO's second model, which says how much reward it expects. */
public sealed interface CriticConfig {

  /** Whether there is a critic. */
  default boolean isPresent() {
    return true;
  }

  /** Whether {@link #prepare} changes the policy. */
  default boolean changesPolicy() {
    return false;
  }

  /**
   * The policy as this critic needs it, before reinforcement learning.
   *
   * @param seed new parameters are drawn from it
   */
  default Policy prepare(Policy policy, long seed, Workers workers) {
    return policy;
  }

  /**
   * The critic of {@code policy}, which {@link #prepare} has returned or a checkpoint of it.
   *
   * @throws IllegalStateException if there is none
   */
  Critic create(Policy policy, long seed, Workers workers);

  /**
   * The critic of {@code policy} as {@link Critic#save} wrote it.
   *
   * @param directory where it was saved; a value head is in the policy's files instead
   * @throws IOException if it cannot be read
   * @throws IllegalStateException if there is none
   */
  Critic restore(Policy policy, Path directory, Workers workers) throws IOException;

  /** Whether rows pass through a network of its own, to estimate floating-point operations. */
  default boolean isSeparate() {
    return false;
  }

  /** The training of the critic. */
  CriticSettings settings(GrpoSettings train);

  /**
   * Checks that it suits the model.
   *
   * @throws IllegalArgumentException if not
   */
  default void check(ModelConfig model) {}

  /** No critic: everything but PPO. */
  @Kind(value = "none", description = "No critic.")
  record None() implements CriticConfig {

    @Override
    public boolean isPresent() {
      return false;
    }

    @Override
    public Critic create(Policy policy, long seed, Workers workers) {
      throw new IllegalStateException("there is no critic");
    }

    @Override
    public Critic restore(Policy policy, Path directory, Workers workers) {
      throw new IllegalStateException("there is no critic");
    }

    @Override
    public CriticSettings settings(GrpoSettings train) {
      throw new IllegalStateException("there is no critic");
    }
  }

  @Kind(
      value = "separate",
      description =
          "A network of the policy's size; its trunk starts as a copy of the policy's. Of a table, a"
              + " table of values, 0 at first.")
  record Separate(@Inline CriticSettings training) implements CriticConfig {

    @Override
    public boolean isSeparate() {
      return true;
    }

    @Override
    public Critic create(Policy policy, long seed, Workers workers) {
      return policy instanceof TabularPolicy table
          ? TabularCritic.of(table, training.adam())
          : NetworkCritics.separate(policy, seed, workers);
    }

    @Override
    public Critic restore(Policy policy, Path directory, Workers workers) throws IOException {
      return policy instanceof TabularPolicy
          ? TabularCritic.load(directory)
          : NetworkPolicies.restoreCritic(directory, workers);
    }

    @Override
    public CriticSettings settings(GrpoSettings train) {
      return training;
    }

    @Override
    public void check(ModelConfig model) {
      if (model instanceof ModelConfig.Transformer network && network.experts().isPresent()) {
        throw new IllegalArgumentException(
            "critic: must not be separate for a model with experts, whose load nobody would balance"
                + " in the critic; value-head and none are possible");
      }
    }
  }

  @Kind(
      value = "value-head",
      description = "One more output of the policy's own head, moved by the policy's optimiser.")
  record ValueHead(
      @Setting(
              value = "Weight of its loss beside the policy's.",
              byDefault = "0.5",
              range = "(0, 1000]")
          double valueCoefficient,
      @Inline ValueLoss loss)
      implements CriticConfig {

    @Override
    public boolean changesPolicy() {
      return true;
    }

    @Override
    public Policy prepare(Policy policy, long seed, Workers workers) {
      return NetworkCritics.withValueHead(policy, seed, workers);
    }

    @Override
    public Critic create(Policy policy, long seed, Workers workers) {
      return NetworkCritics.valueHead(policy);
    }

    @Override
    public Critic restore(Policy policy, Path directory, Workers workers) {
      return NetworkCritics.valueHead(policy);
    }

    @Override
    public void check(ModelConfig model) {
      if (model instanceof ModelConfig.Table) {
        throw new IllegalArgumentException(
            "critic: must be none or separate for a table, which has no trunk");
      }
    }

    /** The optimiser is the policy's; what is said of it here is not used. */
    @Override
    public CriticSettings settings(GrpoSettings train) {
      return new CriticSettings(
          valueCoefficient,
          train.peakLearningRate(),
          train.warmupUpdates(),
          train.adam(),
          train.maxGradientNorm(),
          loss);
    }
  }
}
