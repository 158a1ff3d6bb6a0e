package org.grpo4j.playground.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.TabularCritic;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkCritics;
import org.grpo4j.policy.network.PlainNetworks;
import org.grpo4j.train.TrainerState;

/**
 * The state of a run between two updates: all that the next ones depend on beside the settings,
 * because every random number is drawn by key.
 */
final class Moment {

  private final int update;
  private final boolean isTable;
  private final byte[] policy;
  private final Optional<byte[]> critic;
  private final TrainerState trainer;

  /**
   * The state as it is.
   *
   * @param update updates done before it
   */
  Moment(int update, Policy policy, Optional<Critic> critic, TrainerState trainer) {
    this.update = update;
    this.isTable = policy instanceof TabularPolicy;
    this.policy = bytes(policy);
    this.critic = critic.filter(one -> one.parameterCount() > 0).map(Moment::bytes);
    this.trainer = trainer;
  }

  /** Updates done before it. */
  int update() {
    return update;
  }

  /** The state that the trainer carries. */
  TrainerState trainer() {
    return trainer;
  }

  /** The name of its files in a checkpoint. */
  String fileName() {
    return isTable ? "tabular-policy.bin" : "plain-network.bin";
  }

  byte[] policyFile() {
    return policy.clone();
  }

  /** The file of a critic of its own. */
  Optional<byte[]> criticFile() {
    return critic;
  }

  /** The policy as it was, with its optimiser. */
  Policy policy(RunSettings settings, Workers workers) {
    return policy(policy, settings.model(), workers);
  }

  /** The file of a policy, with its optimiser. */
  static byte[] bytes(Policy policy) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (policy instanceof TabularPolicy table) {
        table.write(bytes);
      } else {
        PlainNetworks.write(policy, bytes);
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory is always written", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(Critic critic) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (critic instanceof TabularCritic table) {
        table.write(bytes);
      } else {
        PlainNetworks.write(critic, bytes);
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory is always written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The policy in a file.
   *
   * @throws IllegalArgumentException if it holds none of that sort
   */
  static Policy policy(byte[] file, Catalogue.Model model, Workers workers) {
    try (InputStream in = new ByteArrayInputStream(file)) {
      return model == Catalogue.Model.TABLE
          ? TabularPolicy.read(in)
          : PlainNetworks.restore(in, workers);
    } catch (IOException | RuntimeException e) {
      boolean isTable = model == Catalogue.Model.TABLE;
      throw new IllegalArgumentException(
          "policy: must be a checkpoint's "
              + (isTable
                  ? "tabular-policy.bin, of a run with model.kind table"
                  : "plain-network.bin, of a run with model.precision plain-float")
              + "; this file of "
              + file.length
              + " bytes is none, or not a whole one",
          e);
    }
  }

  /**
   * The critic as it was; a value head is in the policy's file. Empty if the settings have none, or
   * came into force at this moment, so that there was none yet.
   */
  Optional<Critic> critic(Policy restored, RunSettings settings, Workers workers) {
    if (settings.critic().isEmpty()) {
      return Optional.empty();
    }
    if (settings.critic().get().isValueHead()) {
      return Optional.of(NetworkCritics.valueHead(restored));
    }
    return critic.map(file -> read(file, settings.model(), workers));
  }

  private static Critic read(byte[] file, Catalogue.Model model, Workers workers) {
    try (InputStream in = new ByteArrayInputStream(file)) {
      return model == Catalogue.Model.TABLE
          ? TabularCritic.read(in)
          : PlainNetworks.restoreCritic(in, workers);
    } catch (IOException e) {
      throw new IllegalStateException("it was written here", e);
    }
  }
}
