package org.grpo4j.train;

import org.grpo4j.math.Require;
import org.grpo4j.policy.AdamSettings;

/**
 * The cold start: supervised fine-tuning before reinforcement learning.
 *
 * @param steps optimiser steps, at least 0
 * @param batchSize examples a step, at least 1
 * @param learningRate the schedule over the steps
 * @param adam the optimiser
 * @param maxGradientNorm bound of the global gradient norm (Eq. 10), positive
 */
public record ColdStartSettings(
    int steps,
    int batchSize,
    LearningRateSchedule learningRate,
    AdamSettings adam,
    double maxGradientNorm) {

  public ColdStartSettings {
    Require.that(steps >= 0, "steps", "at least 0", steps);
    Require.that(batchSize >= 1, "batchSize", "at least 1", batchSize);
    Require.that(maxGradientNorm > 0, "maxGradientNorm", "positive", maxGradientNorm);
  }
}
