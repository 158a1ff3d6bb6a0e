package org.grpo4j.experiment;

import org.grpo4j.experiment.config.Kind;
import org.grpo4j.experiment.config.Setting;

/** The penalty for leaving the reference policy. */
public sealed interface KlConfig {

  /** Which estimator of the divergence. */
  enum Estimator {
    /** The log-ratio. */
    K1,
    /** Half its square. */
    K2,
    /** Schulman's unbiased, never negative one. */
    K3
  }

  /** No penalty and no reference policy. */
  @Kind(value = "none", description = "No penalty, and no reference policy is kept.")
  record None() implements KlConfig {}

  /**
   * A penalty in the loss.
   *
   * @param coefficient its weight beta
   * @param estimator the estimator
   */
  @Kind(value = "loss", description = "A penalty in the loss, token by token (Eq. 1).")
  record InLoss(
      @Setting(value = "Its weight beta.", byDefault = "0.04", range = "[0, inf)")
          double coefficient,
      @Setting(value = "Estimator of the divergence (Eq. 5).", byDefault = "k3")
          Estimator estimator)
      implements KlConfig {}
}
