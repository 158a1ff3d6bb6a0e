package org.grpo4j.policy;

/** The constants of an optimiser. The learning rate is given at each step. */
public sealed interface OptimizerSettings permits AdamSettings, SgdSettings {

  /** Numbers that it keeps for each parameter between steps. */
  int numbersPerParameter();
}
