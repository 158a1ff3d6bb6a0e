package org.grpo4j.experiment;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.objective.AdaptiveKlWeight;

/** What moves the coefficient of the divergence penalty between updates. */
public sealed interface KlControllerConfig {

  /** The controller, if there is one. */
  Optional<AdaptiveKlWeight> controller();

  /** It stays. */
  @Kind(value = "none", description = "The coefficient stays as it is.")
  record None() implements KlControllerConfig {

    @Override
    public Optional<AdaptiveKlWeight> controller() {
      return Optional.empty();
    }
  }

  /**
   * It follows the divergence.
   *
   * @param target divergence to keep
   * @param horizon completions over which the coefficient may change by a fifth
   */
  @Kind(
      value = "adaptive",
      description =
          "The coefficient grows while the metric kl is above a target and shrinks below it"
              + " (Eq. 56): Ziegler et al. 2019, verl, OpenRLHF.")
  record Adaptive(
      @Setting(
              value = "Divergence to keep, the metric kl.",
              byDefault = "0.05",
              range = "(0, inf)",
              unit = "nats per token")
          double target,
      @Setting(
              value = "Completions over which the coefficient may change by a fifth.",
              byDefault = "10000",
              range = "(0, inf)",
              unit = "completions")
          double horizon)
      implements KlControllerConfig {

    @Override
    public Optional<AdaptiveKlWeight> controller() {
      return Optional.of(new AdaptiveKlWeight(target, horizon));
    }
  }
}
