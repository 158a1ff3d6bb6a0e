package org.grpo4j.policy;

import org.grpo4j.declare.Setting;

/**
 * Adam without weight decay (Kingma and Ba 2015). The learning rate is given at each step.
 *
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, positive
 */
public record AdamSettings(
    @Setting(value = "Decay of the first moment.", byDefault = "0.9", range = "[0, 1)")
        double beta1,
    @Setting(value = "Decay of the second moment.", byDefault = "0.95", range = "[0, 1)")
        double beta2,
    @Setting(
            value = "Added to the root of the second moment.",
            byDefault = "1e-8",
            range = "(0, 1]")
        double epsilon) {

  public AdamSettings {
    require("beta1", beta1 >= 0 && beta1 < 1, "in [0, 1)", beta1);
    require("beta2", beta2 >= 0 && beta2 < 1, "in [0, 1)", beta2);
    require("epsilon", epsilon > 0, "positive", epsilon);
  }

  private static void require(String field, boolean holds, String rule, double value) {
    if (!holds) {
      throw new IllegalArgumentException(field + ": must be " + rule + ", got " + value);
    }
  }
}
