package org.grpo4j.train;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.OptimizerChoice;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.ReferenceSync;

/**
 * The numbers of the training loop.
 *
 * @param updates how many times completions are sampled and learnt from
 * @param promptsPerUpdate {@code P}, questions sampled for an update
 * @param groupSize {@code G}, completions of each prompt
 * @param temperature sampling and scoring temperature
 * @param innerEpochs {@code mu}, passes over the sampled completions
 * @param miniBatches optimiser steps in each pass
 * @param peakLearningRate learning rate after the warm-up
 * @param warmupUpdates updates of linear warm-up
 * @param adam Adam's constants
 * @param optimizer which optimiser takes the policy's steps
 * @param maxGradientNorm bound of the global gradient norm (Eq. 10); infinity for none
 * @param referenceRefreshEvery updates after which the reference policy is replaced by the current
 *     one (line 3 of the paper's algorithm); 0 for never
 * @param referenceRefreshShare how much of it is replaced then
 */
public record GrpoSettings(
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
            unit = "prompts",
            key = "prompts")
        int promptsPerUpdate,
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
    @Setting(
            value = "Learning rate after the warm-up.",
            byDefault = "1.5e-3",
            range = "(0, 10]",
            key = "learning_rate")
        double peakLearningRate,
    @Setting(value = "Linear warm-up.", byDefault = "5", range = "[0, 1000000]", unit = "updates")
        int warmupUpdates,
    @Setting(value = "Adam's constants (Eq. 11).") AdamSettings adam,
    @Setting(value = "What takes the optimiser steps.", byDefault = "adam", added = true)
        OptimizerChoice optimizer,
    @Setting(
            value = "Bound of the global gradient norm (Eq. 10).",
            byDefault = "1.0",
            range = "(0, inf]")
        double maxGradientNorm,
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

  public GrpoSettings {
    Require.that(promptsPerUpdate >= 1, "promptsPerUpdate", "at least 1", promptsPerUpdate);
    Require.that(groupSize >= 1, "groupSize", "at least 1", groupSize);
    Require.that(innerEpochs >= 1, "innerEpochs", "at least 1", innerEpochs);
    Require.that(miniBatches >= 1, "miniBatches", "at least 1", miniBatches);
    Require.that(maxGradientNorm > 0, "maxGradientNorm", "positive", maxGradientNorm);
    Require.that(
        referenceRefreshEvery >= 0, "referenceRefreshEvery", "at least 0", referenceRefreshEvery);
    if (miniBatches > promptsPerUpdate * (long) groupSize) {
      throw new IllegalArgumentException(
          "miniBatches: must be at most prompts x group_size = "
              + promptsPerUpdate * (long) groupSize
              + ", got "
              + miniBatches);
    }
    if (promptsPerUpdate * (long) groupSize > 1 << 20) {
      throw new IllegalArgumentException(
          "groupSize: prompts x group_size must be at most 1048576, got "
              + promptsPerUpdate * (long) groupSize);
    }
  }

  /** The same with Adam. */
  public GrpoSettings(
      int updates,
      int promptsPerUpdate,
      int groupSize,
      double temperature,
      int innerEpochs,
      int miniBatches,
      double peakLearningRate,
      int warmupUpdates,
      AdamSettings adam,
      double maxGradientNorm,
      int referenceRefreshEvery,
      double referenceRefreshShare) {
    this(
        updates,
        promptsPerUpdate,
        groupSize,
        temperature,
        innerEpochs,
        miniBatches,
        peakLearningRate,
        warmupUpdates,
        adam,
        new OptimizerChoice.Adam(),
        maxGradientNorm,
        referenceRefreshEvery,
        referenceRefreshShare);
  }

  /** The same with another number of updates. */
  public GrpoSettings withUpdates(int count) {
    return new GrpoSettings(
        count,
        promptsPerUpdate,
        groupSize,
        temperature,
        innerEpochs,
        miniBatches,
        peakLearningRate,
        warmupUpdates,
        adam,
        optimizer,
        maxGradientNorm,
        referenceRefreshEvery,
        referenceRefreshShare);
  }

  /** The constants of the policy's optimiser. */
  public OptimizerSettings optimizerSettings() {
    return optimizer.settings(adam);
  }

  /** Completions of an update, {@code P x G}. */
  public int completions() {
    return promptsPerUpdate * groupSize;
  }

  /** {@code mu} times the mini-batches: optimiser steps of one update. */
  public int optimizerStepsPerUpdate() {
    return innerEpochs * miniBatches;
  }

  /** The schedule over updates (Eq. 13). */
  public LearningRateSchedule learningRate() {
    return LearningRateSchedule.constant(peakLearningRate, warmupUpdates);
  }

  /** Whether the reference policy is replaced or moved part of the way. */
  public ReferenceSync referenceSync() {
    return new ReferenceSync(referenceRefreshShare);
  }
}
