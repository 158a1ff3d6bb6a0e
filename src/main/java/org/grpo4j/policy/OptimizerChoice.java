package org.grpo4j.policy;

import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;

/** The choice of the optimiser that takes the steps. */
public sealed interface OptimizerChoice {

  /**
   * Its constants.
   *
   * @param adam those of Adam
   */
  OptimizerSettings settings(AdamSettings adam);

  /** Adam, whose constants are a section of their own. */
  @Kind(value = "adam", description = "Adam, with the constants of `train.adam`.", equation = 11)
  record Adam() implements OptimizerChoice {

    @Override
    public OptimizerSettings settings(AdamSettings adam) {
      return adam;
    }
  }

  /**
   * Stochastic gradient descent.
   *
   * @param sgd its constants
   */
  @Kind(
      value = "sgd",
      description =
          "Stochastic gradient descent with momentum; its learning rate has another scale than"
              + " Adam's.")
  record Sgd(@Inline SgdSettings sgd) implements OptimizerChoice {

    @Override
    public OptimizerSettings settings(AdamSettings adam) {
      return sgd;
    }
  }
}
