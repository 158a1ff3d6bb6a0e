package org.grpo4j.experiment;

import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.objective.AdaptiveKlWeight;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.RewardRange;

/** The penalty for leaving the reference policy. */
public sealed interface KlConfig {

  /** Whether a frozen copy of the policy is needed to compare with. */
  boolean usesReference();

  /** The penalty in the loss. */
  default KlPenalty penalty() {
    return KlPenalty.NONE;
  }

  /** What moves its coefficient between updates, if anything does. */
  default Optional<AdaptiveKlWeight> adaptive() {
    return Optional.empty();
  }

  /** The penalty in the reward, if that is where it is. */
  default Optional<KlInReward> inReward() {
    return Optional.empty();
  }

  /** No penalty and no reference policy. */
  @Kind(value = "none", description = "No penalty, and no reference policy is kept.")
  record None() implements KlConfig {

    @Override
    public boolean usesReference() {
      return false;
    }
  }

  /**
   * A penalty in the loss.
   *
   * @param coefficient its weight beta
   * @param estimator the estimator
   * @param ratioWeighted whether it is multiplied by the ratio
   * @param logBound bound of the difference of log-probabilities
   * @param valueBound bound of the estimate
   * @param controller what moves the coefficient
   */
  @Kind(value = "loss", description = "A penalty in the loss, token by token (Eq. 1).")
  record InLoss(
      @Setting(value = "Its weight beta.", byDefault = "0.04", range = "[0, inf)")
          double coefficient,
      @Setting(value = "Estimator of the divergence (Eq. 5).", byDefault = "k3")
          KlEstimator estimator,
      @Setting(
              value = "Multiply by the ratio, so that the gradient is right off-policy too.",
              byDefault = "false")
          boolean ratioWeighted,
      @Setting(
              value = "Bound of log pi - log pi_ref; no gradient beyond it.",
              byDefault = "none",
              range = "(0, inf)")
          OptionalDouble logBound,
      @Setting(
              value = "Bound of the estimate; no gradient beyond it.",
              byDefault = "none",
              range = "(0, inf)")
          OptionalDouble valueBound,
      @Setting(value = "What moves the coefficient between updates.", byDefault = "none")
          KlControllerConfig controller)
      implements KlConfig {

    public InLoss {
      requirePenalty(coefficient, controller);
    }

    @Override
    public Optional<AdaptiveKlWeight> adaptive() {
      return controller.controller();
    }

    @Override
    public boolean usesReference() {
      return coefficient > 0;
    }

    @Override
    public KlPenalty penalty() {
      return new KlPenalty(
          coefficient,
          estimator,
          ratioWeighted,
          logBound.orElse(Double.POSITIVE_INFINITY),
          valueBound.orElse(Double.POSITIVE_INFINITY));
    }
  }

  /**
   * A penalty in the reward.
   *
   * @param coefficient its weight beta
   * @param estimator the estimator
   * @param controller what moves the coefficient
   */
  @Kind(
      value = "reward",
      description = "A penalty in the reward of each token, from the old policy (Eq. 52).")
  record InReward(
      @Setting(value = "Its weight beta.", byDefault = "0.05", range = "[0, inf)")
          double coefficient,
      @Setting(value = "Estimator of the divergence (Eq. 5).", byDefault = "k1")
          KlEstimator estimator,
      @Setting(value = "What moves the coefficient between updates.", byDefault = "none")
          KlControllerConfig controller)
      implements KlConfig {

    public InReward {
      requirePenalty(coefficient, controller);
    }

    @Override
    public Optional<AdaptiveKlWeight> adaptive() {
      return controller.controller();
    }

    @Override
    public boolean usesReference() {
      return coefficient > 0;
    }

    @Override
    public Optional<KlInReward> inReward() {
      return Optional.of(new KlInReward(coefficient, estimator, RewardRange.UNBOUNDED));
    }
  }

  /** A controller multiplies the coefficient, so 0 would stay 0. */
  private static void requirePenalty(double coefficient, KlControllerConfig controller) {
    if (coefficient == 0 && controller.controller().isPresent()) {
      throw new IllegalArgumentException(
          "coefficient: must be positive with a controller, which multiplies it, got 0");
    }
  }
}
