package org.grpo4j.objective;

import java.util.OptionalDouble;

/**
 * Steers the entropy bonus so that the policy keeps a target entropy (Eq. 57; Skywork-OR1, section
 * 3.3): a fixed step up while entropy is at or below the target, down while it is above; the bonus
 * acts only while entropy is at or below the target.
 *
 * @param target entropy to keep, in nats per token
 * @param increment change of the weight per update, at least 0
 * @param min smallest weight
 * @param max largest weight
 */
public record AdaptiveEntropyWeight(double target, double increment, double min, double max) {

  public AdaptiveEntropyWeight {
    Checks.atLeastZero("increment", increment);
    Checks.require("max", max >= min, "at least min " + min, max);
  }

  /** The weight that acts in an update; 0 in the first, when no entropy is known. */
  public double applied(double weight, OptionalDouble previousEntropy) {
    boolean acts = previousEntropy.isPresent() && previousEntropy.getAsDouble() <= target;
    return acts ? weight : 0;
  }

  /** The weight after an update in which the mean entropy was {@code entropy}. */
  public double next(double weight, double entropy) {
    double moved = entropy <= target ? weight + increment : weight - increment;
    return Math.max(min, Math.min(moved, max));
  }
}
