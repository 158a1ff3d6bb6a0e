package org.grpo4j.train;

import org.grpo4j.math.Require;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.policy.AdamSettings;

/**
 * The settings that PPO has beside GRPO's: how its critic is trained.
 *
 * @param loss the critic's loss
 * @param valueCoefficient {@code c_v}: what the value loss is multiplied by before it is added to
 *     the policy's ("overall loss" in The 37 Implementation Details of PPO), positive. It matters
 *     on a shared trunk; for a critic of its own, Adam makes it nearly void and 1 is usual
 * @param learningRate schedule of a critic of its own, over updates
 * @param adam its optimiser
 * @param maxGradientNorm bound of its global gradient norm (Eq. 10), positive
 */
public record CriticSettings(
    ValueLoss loss,
    double valueCoefficient,
    LearningRateSchedule learningRate,
    AdamSettings adam,
    double maxGradientNorm) {

  public CriticSettings {
    Require.that(
        valueCoefficient > 0 && Double.isFinite(valueCoefficient),
        "valueCoefficient",
        "positive",
        valueCoefficient);
    Require.that(maxGradientNorm > 0, "maxGradientNorm", "positive", maxGradientNorm);
  }
}
