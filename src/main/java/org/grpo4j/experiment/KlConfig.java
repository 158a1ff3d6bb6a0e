package org.grpo4j.experiment;

import org.grpo4j.experiment.config.Kind;
import org.grpo4j.experiment.config.Setting;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;

/** The penalty for leaving the reference policy. */
public sealed interface KlConfig {

  /** Whether a frozen copy of the policy is needed to compare with. */
  boolean usesReference();

  /** The penalty with these settings. */
  KlPenalty penalty();

  /** No penalty and no reference policy. */
  @Kind(value = "none", description = "No penalty, and no reference policy is kept.")
  record None() implements KlConfig {

    @Override
    public boolean usesReference() {
      return false;
    }

    @Override
    public KlPenalty penalty() {
      return KlPenalty.NONE;
    }
  }

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
          KlEstimator estimator)
      implements KlConfig {

    @Override
    public boolean usesReference() {
      return coefficient > 0;
    }

    @Override
    public KlPenalty penalty() {
      return KlPenalty.of(coefficient, estimator);
    }
  }
}
