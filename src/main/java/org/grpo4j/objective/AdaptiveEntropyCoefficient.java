package org.grpo4j.objective;

import java.util.OptionalDouble;

/**
 * Steers the entropy bonus so that the policy keeps a target entropy (Eq. 57; Skywork-OR1, section
 * 3.3): a fixed step up while entropy is at or below the target, down while it is above; the bonus
 * acts only while entropy is at or below the target.
 *
 * @param target entropy to keep, in nats per token
 * @param increment change of the coefficient per update, at least 0
 * @param min smallest coefficient
 * @param max largest coefficient
 */
public record AdaptiveEntropyCoefficient(double target, double increment, double min, double max) {

  public AdaptiveEntropyCoefficient {
    Checks.atLeastZero("increment", increment);
    Checks.require("max", max >= min, "at least min " + min, max);
  }

  /** The coefficient that acts in an update; 0 in the first, when no entropy is known. */
  public double applied(double coefficient, OptionalDouble previousEntropy) {
    boolean acts = previousEntropy.isPresent() && previousEntropy.getAsDouble() <= target;
    return acts ? coefficient : 0;
  }

  /** The coefficient after an update in which the mean entropy was {@code entropy}. */
  public double next(double coefficient, double entropy) {
    double moved = entropy <= target ? coefficient + increment : coefficient - increment;
    return Math.max(min, Math.min(moved, max));
  }
}
