package org.grpo4j.experiment;

import java.util.Optional;
import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.objective.AdaptiveKlWeight;
import org.grpo4j.objective.ExactKl;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.KlPenalty;

/** The penalty for leaving the reference policy. */
public sealed interface KlConfig {

  /** The penalty in the loss. */
  default KlPenalty penalty() {
    return KlPenalty.NONE;
  }

  /** The controller of its coefficient between updates, if there is one. */
  default Optional<AdaptiveKlWeight> controller() {
    return Optional.empty();
  }

  /** The penalty in the reward, if that is where it is. */
  default Optional<KlInReward> inReward() {
    return Optional.empty();
  }

  /** The divergence of whole distributions in the loss, if it is there. */
  default Optional<ExactKl> exact() {
    return Optional.empty();
  }

  /** Whether a reference policy is needed to compare with. */
  default boolean usesReference() {
    return exact().isPresent()
        || penalty().usesReference()
        || inReward().map(KlInReward::beta).orElse(0.0) > 0;
  }

  @Kind(value = "none", description = "No penalty, and no reference policy is kept.")
  record None() implements KlConfig {}

  @Kind(value = "loss", description = "A penalty in the loss, token by token (Eq. 1).")
  record InLoss(
      @Inline KlPenalty penalty,
      @Setting(value = "What moves the coefficient between updates.", byDefault = "none")
          Optional<AdaptiveKlWeight> controller)
      implements KlConfig {

    public InLoss {
      requirePenalty(penalty.beta(), controller);
    }
  }

  @Kind(
      value = "reward",
      description = "A penalty in the reward of each token, from the old policy (Eq. 52).")
  record InReward(
      @Inline KlInReward inner,
      @Setting(value = "What moves the coefficient between updates.", byDefault = "none")
          Optional<AdaptiveKlWeight> controller)
      implements KlConfig {

    public InReward {
      requirePenalty(inner.beta(), controller);
    }

    @Override
    public Optional<KlInReward> inReward() {
      return Optional.of(inner);
    }
  }

  @Kind(
      value = "exact",
      description =
          "The divergence of every token's whole distribution in the loss, instead of an estimate.")
  record Exact(@Inline ExactKl kl) implements KlConfig {

    @Override
    public Optional<ExactKl> exact() {
      return Optional.of(kl);
    }
  }

  /** A controller multiplies the coefficient, so 0 would stay 0. */
  private static void requirePenalty(double coefficient, Optional<AdaptiveKlWeight> controller) {
    if (coefficient == 0 && controller.isPresent()) {
      throw new IllegalArgumentException(
          "coefficient: must be positive with a controller, which multiplies it, got 0");
    }
  }
}
