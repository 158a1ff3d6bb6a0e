package org.grpo4j.train;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;
import org.grpo4j.policy.AdamSettings;

/**
 * The cold start: supervised fine-tuning before reinforcement learning (Eq. 12), so that the policy
 * succeeds sometimes.
 *
 * @param steps optimiser steps; 0 for none
 * @param batchSize examples a step
 * @param corpusSize examples drawn once
 * @param peakLearningRate learning rate after the warm-up
 * @param warmupSteps steps of linear warm-up
 * @param finalLearningRateFraction what is left of the peak at the end of the cosine
 * @param adam the optimiser's constants
 * @param maxGradientNorm bound of the global gradient norm (Eq. 10); infinity for none
 */
public record ColdStartSettings(
    @Setting(
            value = "Supervised steps before reinforcement learning; 0 starts from random weights.",
            byDefault = "2500",
            range = "[0, 1000000]",
            unit = "steps")
        int steps,
    @Setting(value = "Examples a step.", byDefault = "64", range = "[1, 65536]", unit = "examples")
        int batchSize,
    @Setting(
            value = "Examples of the corpus, drawn once with replacement from training problems.",
            byDefault = "20000",
            range = "[1, 10000000]",
            unit = "examples")
        int corpusSize,
    @Setting(value = "Learning rate after the warm-up.", byDefault = "6e-3", range = "(0, 10]")
        double peakLearningRate,
    @Setting(value = "Linear warm-up.", byDefault = "20", range = "[0, 1000000]", unit = "steps")
        int warmupSteps,
    @Setting(
            value =
                "Share of the peak learning rate that is left at the end of the cosine (Eq. 13).",
            byDefault = "0.1",
            range = "[0, 1]")
        double finalLearningRateFraction,
    @Setting(value = "Adam's constants (Eq. 11).", byDefault = "{beta2: 0.99}") AdamSettings adam,
    @Setting(
            value = "Bound of the global gradient norm (Eq. 10).",
            byDefault = "1.0",
            range = "(0, inf]")
        double maxGradientNorm) {

  public ColdStartSettings {
    Require.that(steps >= 0, "steps", "at least 0", steps);
    Require.that(batchSize >= 1, "batchSize", "at least 1", batchSize);
    Require.that(maxGradientNorm > 0, "maxGradientNorm", "positive", maxGradientNorm);
  }

  /** The schedule over the steps (Eq. 13). */
  public LearningRateSchedule learningRate() {
    return LearningRateSchedule.cosine(
        peakLearningRate, warmupSteps, steps, finalLearningRateFraction);
  }

  /** The same with another number of steps. */
  public ColdStartSettings withSteps(int other) {
    return new ColdStartSettings(
        other,
        batchSize,
        corpusSize,
        peakLearningRate,
        warmupSteps,
        finalLearningRateFraction,
        adam,
        maxGradientNorm);
  }
}
