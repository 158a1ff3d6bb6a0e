package org.grpo4j.objective;

import java.util.OptionalDouble;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

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
@Kind(
    value = "adaptive",
    label = "",
    description =
        "The coefficient takes a step up while the entropy is at or below a target and a step down"
            + " above it, where the bonus rests (Eq. 57): Skywork-OR1, TRL.",
    none = "The coefficient stays as it is.")
public record AdaptiveEntropyWeight(
    @Setting(
            value = "Entropy to keep.",
            byDefault = "0.2",
            range = "(0, inf)",
            unit = "nats per token")
        double target,
    @Setting(
            value = "Change of the coefficient in an update.",
            byDefault = "0.005",
            range = "[0, 100]")
        double increment,
    @Setting(value = "Smallest coefficient.", byDefault = "0", range = "[0, 100]") double min,
    @Setting(value = "Largest coefficient.", byDefault = "1", range = "[0, 100]") double max) {

  public AdaptiveEntropyWeight {
    Require.positive("target", target);
    Require.within("increment", increment, 0, 100);
    Require.within("min", min, 0, 100);
    Require.within("max", max, 0, 100);
    Require.that(max >= min, "max", "at least min " + min, max);
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
