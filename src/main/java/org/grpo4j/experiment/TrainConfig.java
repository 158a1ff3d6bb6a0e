package org.grpo4j.experiment;

import java.util.OptionalDouble;
import org.grpo4j.declare.Setting;
import org.grpo4j.policy.AdamSettings;

/**
 * The training loop.
 *
 * @param updates how many times completions are sampled and learnt from
 * @param prompts prompts P of an update
 * @param groupSize completions G of each prompt
 * @param temperature sampling and scoring temperature
 * @param innerEpochs how often the completions of an update are gone through
 * @param miniBatches optimiser steps of one inner epoch
 * @param learningRate learning rate after the warm-up
 * @param warmupUpdates updates of linear warm-up
 * @param adam the optimiser's constants
 * @param maxGradientNorm bound of the global gradient norm
 * @param referenceRefreshEvery how often the reference policy is replaced; 0 for never
 * @param referenceRefreshShare how much of it is replaced then
 */
public record TrainConfig(
    @Setting(
            value = "How many times completions are sampled and learnt from.",
            byDefault = "200",
            range = "[0, 1000000]",
            unit = "updates")
        int updates,
    @Setting(
            value = "Prompts P of an update, drawn with replacement from the training problems.",
            byDefault = "32",
            range = "[1, 65536]",
            unit = "prompts")
        int prompts,
    @Setting(
            value = "Completions G sampled for each prompt: the group.",
            byDefault = "8",
            range = "[1, 4096]",
            unit = "completions")
        int groupSize,
    @Setting(
            value = "Temperature of sampling and of scoring.",
            byDefault = "1.0",
            range = "(0, 100]")
        double temperature,
    @Setting(
            value = "How often the completions of an update are gone through (mu).",
            byDefault = "1",
            range = "[1, 1000]",
            unit = "epochs")
        int innerEpochs,
    @Setting(
            value =
                "Optimiser steps of one inner epoch; each takes an equal share of the completions.",
            byDefault = "1",
            range = "[1, 65536]",
            unit = "steps")
        int miniBatches,
    @Setting(value = "Learning rate after the warm-up.", byDefault = "1.5e-3", range = "(0, 10]")
        double learningRate,
    @Setting(value = "Linear warm-up.", byDefault = "5", range = "[0, 1000000]", unit = "updates")
        int warmupUpdates,
    @Setting(value = "Adam's constants (Eq. 11).") AdamSettings adam,
    @Setting(
            value = "Bound of the global gradient norm (Eq. 10).",
            byDefault = "1.0",
            range = "(0, inf)")
        OptionalDouble maxGradientNorm,
    @Setting(
            value = "Replace the reference policy by the current one every so often; 0 for never.",
            byDefault = "0",
            range = "[0, 1000000]",
            unit = "updates")
        int referenceRefreshEvery,
    @Setting(
            value =
                "Share of the current policy in the new reference policy (alpha), parameter by"
                    + " parameter; the rest is the old one. TRL: 0.6.",
            byDefault = "1",
            range = "(0, 1]")
        double referenceRefreshShare) {

  public TrainConfig {
    if (miniBatches > prompts * (long) groupSize) {
      throw new IllegalArgumentException(
          "miniBatches: must be at most prompts x group_size = "
              + prompts * (long) groupSize
              + ", got "
              + miniBatches);
    }
    if (prompts * (long) groupSize > 1 << 20) {
      throw new IllegalArgumentException(
          "groupSize: prompts x group_size must be at most 1048576, got "
              + prompts * (long) groupSize);
    }
  }

  /** The same with another number of updates. */
  public TrainConfig withUpdates(int count) {
    return new TrainConfig(
        count,
        prompts,
        groupSize,
        temperature,
        innerEpochs,
        miniBatches,
        learningRate,
        warmupUpdates,
        adam,
        maxGradientNorm,
        referenceRefreshEvery,
        referenceRefreshShare);
  }

  /** Completions of an update, {@code P x G}. */
  public int completions() {
    return prompts * groupSize;
  }
}
