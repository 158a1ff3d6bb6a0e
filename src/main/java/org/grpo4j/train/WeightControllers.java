package org.grpo4j.train;

import java.util.Optional;
import org.grpo4j.objective.AdaptiveEntropyWeight;
import org.grpo4j.objective.AdaptiveKlWeight;

/**
 * The controllers that move the weights of loss terms between updates. Where there is none the
 * weight stays as configured.
 *
 * @param kl moves the weight of the KL penalty, in the loss or in the reward (Eq. 56)
 * @param entropy moves the weight of the entropy bonus (Eq. 57)
 */
public record WeightControllers(
    Optional<AdaptiveKlWeight> kl, Optional<AdaptiveEntropyWeight> entropy) {

  /** Both weights stay. */
  public static final WeightControllers NONE =
      new WeightControllers(Optional.empty(), Optional.empty());

  /** The same with a controller of the KL penalty. */
  public WeightControllers withKl(AdaptiveKlWeight controller) {
    return new WeightControllers(Optional.of(controller), entropy);
  }

  /** The same with a controller of the entropy bonus. */
  public WeightControllers withEntropy(AdaptiveEntropyWeight controller) {
    return new WeightControllers(kl, Optional.of(controller));
  }
}
