package org.grpo4j.experiment;

import org.grpo4j.experiment.config.Kind;
import org.grpo4j.experiment.config.Setting;

/** How rewards become advantages. */
public sealed interface AdvantageConfig {

  /** What centred rewards are divided by. */
  enum Scale {
    /** The standard deviation of the group. */
    GROUP,
    /** The standard deviation of the batch. */
    BATCH,
    /** Nothing: Dr. GRPO. */
    NONE
  }

  /** Which standard deviation. */
  enum Deviation {
    /** Divisor n - 1. */
    SAMPLE,
    /** Divisor n. */
    POPULATION
  }

  /**
   * GRPO's advantage (Eq. 3).
   *
   * @param scale what centred rewards are divided by
   * @param deviation which standard deviation
   * @param stdEpsilon added to it
   */
  @Kind(
      value = "group-relative",
      description = "GRPO: reward minus the group's mean, divided by a standard deviation (Eq. 3).")
  record GroupRelative(
      @Setting(
              value = "Divide by the standard deviation of the group, of the batch, or not at all.",
              byDefault = "group")
          Scale scale,
      @Setting(
              value = "Standard deviation with divisor n - 1 (sample) or n (population).",
              byDefault = "sample")
          Deviation deviation,
      @Setting(value = "Added to the standard deviation.", byDefault = "1e-4", range = "[0, 1]")
          double stdEpsilon)
      implements AdvantageConfig {}
}
