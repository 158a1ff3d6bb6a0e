package org.grpo4j.train;

import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.policy.AdamSettings;

/**
 * The settings that PPO has beside GRPO's: how its critic is trained.
 *
 * @param valueCoefficient {@code c_v}: what the value loss is multiplied by before it is added to
 *     the policy's ("overall loss" in The 37 Implementation Details of PPO), positive. It matters
 *     on a shared trunk; for a critic of its own, Adam makes it nearly void and 1 is usual
 * @param peakLearningRate of a critic of its own, after the warm-up
 * @param warmupUpdates updates of linear warm-up
 * @param adam its optimiser
 * @param maxGradientNorm bound of its global gradient norm (Eq. 10), positive; infinity for none
 * @param loss the critic's loss
 */
public record CriticSettings(
    double valueCoefficient,
    @Setting(
            value = "Its learning rate after the warm-up.",
            byDefault = "3e-3",
            range = "(0, 10]",
            key = "learning_rate")
        double peakLearningRate,
    @Setting(value = "Linear warm-up.", byDefault = "5", range = "[0, 1000000]", unit = "updates")
        int warmupUpdates,
    @Setting("Its Adam's constants (Eq. 11).") AdamSettings adam,
    @Setting(
            value = "Bound of its global gradient norm (Eq. 10).",
            byDefault = "1.0",
            range = "(0, inf]")
        double maxGradientNorm,
    @Inline ValueLoss loss) {

  public CriticSettings {
    Require.that(
        valueCoefficient > 0 && Double.isFinite(valueCoefficient),
        "valueCoefficient",
        "positive",
        valueCoefficient);
    Require.that(maxGradientNorm > 0, "maxGradientNorm", "positive", maxGradientNorm);
  }

  /** A critic of its own, whose coefficient would only be a learning rate. */
  public CriticSettings(
      double peakLearningRate,
      int warmupUpdates,
      AdamSettings adam,
      double maxGradientNorm,
      ValueLoss loss) {
    this(1, peakLearningRate, warmupUpdates, adam, maxGradientNorm, loss);
  }

  /** The schedule over updates (Eq. 13). */
  public LearningRateSchedule learningRate() {
    return LearningRateSchedule.constant(peakLearningRate, warmupUpdates);
  }
}
