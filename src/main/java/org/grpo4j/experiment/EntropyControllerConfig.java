package org.grpo4j.experiment;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.objective.AdaptiveEntropyWeight;

/** What moves the coefficient of the entropy bonus between updates. */
public sealed interface EntropyControllerConfig {

  /** The controller, if there is one. */
  Optional<AdaptiveEntropyWeight> controller();

  /** It stays. */
  @Kind(value = "none", description = "The coefficient stays as it is.")
  record None() implements EntropyControllerConfig {

    @Override
    public Optional<AdaptiveEntropyWeight> controller() {
      return Optional.empty();
    }
  }

  /**
   * It follows the entropy.
   *
   * @param target entropy to keep
   * @param increment change of the coefficient in an update
   * @param min smallest coefficient
   * @param max largest coefficient
   */
  @Kind(
      value = "adaptive",
      description =
          "The coefficient takes a step up while the entropy is at or below a target and a step"
              + " down above it, where the bonus rests (Eq. 57): Skywork-OR1, TRL.")
  record Adaptive(
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
      @Setting(value = "Largest coefficient.", byDefault = "1", range = "[0, 100]") double max)
      implements EntropyControllerConfig {

    public Adaptive {
      if (max < min) {
        throw new IllegalArgumentException("max: must be at least min " + min + ", got " + max);
      }
    }

    @Override
    public Optional<AdaptiveEntropyWeight> controller() {
      return Optional.of(new AdaptiveEntropyWeight(target, increment, min, max));
    }
  }
}
