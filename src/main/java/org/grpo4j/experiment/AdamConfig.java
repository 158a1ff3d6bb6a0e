package org.grpo4j.experiment;

import org.grpo4j.declare.Setting;
import org.grpo4j.policy.AdamSettings;

/**
 * Adam's constants.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 */
public record AdamConfig(
    @Setting(value = "Decay of the first moment.", byDefault = "0.9", range = "[0, 1)")
        double beta1,
    @Setting(value = "Decay of the second moment.", byDefault = "0.95", range = "[0, 1)")
        double beta2,
    @Setting(
            value = "Added to the root of the second moment.",
            byDefault = "1e-8",
            range = "(0, 1]")
        double epsilon) {

  /** As the optimiser takes them. */
  public AdamSettings settings() {
    return new AdamSettings(beta1, beta2, epsilon);
  }
}
