package org.grpo4j.policy;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

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
        double epsilon)
    implements OptimizerSettings {

  public AdamSettings {
    Require.that(beta1 >= 0 && beta1 < 1, "beta1", "in [0, 1)", beta1);
    Require.that(beta2 >= 0 && beta2 < 1, "beta2", "in [0, 1)", beta2);
    Require.that(epsilon > 0, "epsilon", "positive", epsilon);
  }

  @Override
  public int numbersPerParameter() {
    return 2;
  }
}
