package org.grpo4j.experiment;

import org.grpo4j.experiment.config.Kind;
import org.grpo4j.experiment.config.Setting;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.Surrogate;

/** The loss of one token. */
public sealed interface SurrogateConfig {

  /** The surrogate with these settings. */
  Surrogate surrogate();

  /**
   * The clipped surrogate (Eq. 4).
   *
   * @param clipLow how far below 1 the ratio may go
   * @param clipHigh how far above 1 the ratio may go
   */
  @Kind(value = "clip", description = "The clipped surrogate of PPO and GRPO (Eq. 4).")
  record Clip(
      @Setting(value = "The ratio is clipped at 1 minus this.", byDefault = "0.2", range = "[0, 1]")
          double clipLow,
      @Setting(
              value = "The ratio is clipped at 1 plus this.",
              byDefault = "0.2",
              range = "[0, inf)")
          double clipHigh)
      implements SurrogateConfig {

    @Override
    public Surrogate surrogate() {
      return new ClippedSurrogate(clipLow, clipHigh);
    }
  }
}
