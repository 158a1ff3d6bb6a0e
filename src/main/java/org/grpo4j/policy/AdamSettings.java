package org.grpo4j.policy;

/**
 * Adam without weight decay (Kingma and Ba 2015). The learning rate is given at each step.
 *
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment, positive
 */
public record AdamSettings(double beta1, double beta2, double epsilon) {

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
