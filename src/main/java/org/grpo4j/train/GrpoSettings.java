package org.grpo4j.train;

import org.grpo4j.math.Require;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.ReferenceSync;

/**
 * The numbers of the training loop that belong neither to the loss nor to sampling.
 *
 * @param promptsPerUpdate {@code P}, questions sampled for an update, at least 1
 * @param innerEpochs {@code mu}, passes over the sampled completions, at least 1
 * @param miniBatches optimiser steps in each pass, at least 1
 * @param learningRate the schedule over optimiser steps
 * @param adam the optimiser
 * @param maxGradientNorm bound of the global gradient norm (Eq. 10), positive
 * @param referenceRefreshEvery updates after which the reference policy is replaced by the current
 *     one (line 3 of the paper's algorithm), 0 for never
 * @param referenceSync whether it is replaced then or moved part of the way
 * @param controllers what moves the weights of loss terms between updates
 */
public record GrpoSettings(
    int promptsPerUpdate,
    int innerEpochs,
    int miniBatches,
    LearningRateSchedule learningRate,
    AdamSettings adam,
    double maxGradientNorm,
    int referenceRefreshEvery,
    ReferenceSync referenceSync,
    WeightControllers controllers) {

  public GrpoSettings {
    Require.that(promptsPerUpdate >= 1, "promptsPerUpdate", "at least 1", promptsPerUpdate);
    Require.that(innerEpochs >= 1, "innerEpochs", "at least 1", innerEpochs);
    Require.that(miniBatches >= 1, "miniBatches", "at least 1", miniBatches);
    Require.that(maxGradientNorm > 0, "maxGradientNorm", "positive", maxGradientNorm);
    Require.that(
        referenceRefreshEvery >= 0, "referenceRefreshEvery", "at least 0", referenceRefreshEvery);
  }

  /** The reference policy is replaced as a whole, and weights stay. */
  public GrpoSettings(
      int promptsPerUpdate,
      int innerEpochs,
      int miniBatches,
      LearningRateSchedule learningRate,
      AdamSettings adam,
      double maxGradientNorm,
      int referenceRefreshEvery) {
    this(
        promptsPerUpdate,
        innerEpochs,
        miniBatches,
        learningRate,
        adam,
        maxGradientNorm,
        referenceRefreshEvery,
        new ReferenceSync(1),
        WeightControllers.NONE);
  }

  /** {@code mu} times the mini-batches: optimiser steps of one update. */
  public int optimizerStepsPerUpdate() {
    return innerEpochs * miniBatches;
  }
}
