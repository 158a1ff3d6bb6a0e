package org.grpo4j.experiment;

import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.experiment.config.Kind;
import org.grpo4j.experiment.config.Setting;
import org.grpo4j.math.Deviation;

/** How rewards become advantages. */
public sealed interface AdvantageConfig {

  /** The estimator with these settings. */
  AdvantageEstimator estimator();

  /**
   * GRPO's advantage (Eq. 3).
   *
   * @param scale what centred rewards are divided by
   * @param deviation which standard deviation
   * @param stdEpsilon added to it
   * @param singleton the advantage in a group of one
   */
  @Kind(
      value = "group-relative",
      description = "GRPO: reward minus the group's mean, divided by a standard deviation (Eq. 3).")
  record GroupRelative(
      @Setting(
              value = "Divide by the standard deviation of the group, of the batch, or not at all.",
              byDefault = "group")
          RewardScale scale,
      @Setting(
              value = "Standard deviation with divisor n - 1 (sample) or n (population).",
              byDefault = "sample")
          Deviation deviation,
      @Setting(value = "Added to the standard deviation.", byDefault = "1e-4", range = "[0, 1]")
          double stdEpsilon,
      @Setting(
              value = "Advantage in a group of one: zero, or the reward itself.",
              byDefault = "zero")
          SingletonRule singleton)
      implements AdvantageConfig {

    @Override
    public AdvantageEstimator estimator() {
      return new GroupRelativeAdvantage(scale, deviation, stdEpsilon, singleton);
    }
  }
}
