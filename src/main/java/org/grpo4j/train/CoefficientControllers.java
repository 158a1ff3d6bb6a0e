package org.grpo4j.train;

import java.util.Optional;
import org.grpo4j.objective.AdaptiveEntropyCoefficient;
import org.grpo4j.objective.AdaptiveKlCoefficient;

/**
 * What moves the coefficients of the loss between updates. Where there is no controller the
 * coefficient stays as configured.
 *
 * @param kl moves the weight of the divergence penalty, in the loss or in the reward (Eq. 56)
 * @param entropy moves the weight of the entropy bonus (Eq. 57)
 */
public record CoefficientControllers(
    Optional<AdaptiveKlCoefficient> kl, Optional<AdaptiveEntropyCoefficient> entropy) {

  /** Both coefficients stay. */
  public static final CoefficientControllers NONE =
      new CoefficientControllers(Optional.empty(), Optional.empty());

  /** The same with a controller of the divergence penalty. */
  public CoefficientControllers withKl(AdaptiveKlCoefficient controller) {
    return new CoefficientControllers(Optional.of(controller), entropy);
  }

  /** The same with a controller of the entropy bonus. */
  public CoefficientControllers withEntropy(AdaptiveEntropyCoefficient controller) {
    return new CoefficientControllers(kl, Optional.of(controller));
  }
}
