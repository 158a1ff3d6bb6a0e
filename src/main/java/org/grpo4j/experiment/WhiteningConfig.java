package org.grpo4j.experiment;

import java.util.Optional;
import org.grpo4j.advantage.EpsilonPlacement;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Deviation;

/** Whether advantages are brought to mean 0 and deviation 1 over the batch (Eq. 35). */
public sealed interface WhiteningConfig {

  /** The whitening with these settings, if there is one. */
  Optional<Whitening> whitening();

  /** Advantages as they are. */
  @Kind(value = "none", description = "Advantages stay as they are.")
  record None() implements WhiteningConfig {

    @Override
    public Optional<Whitening> whitening() {
      return Optional.empty();
    }
  }

  /**
   * Whitening over the batch.
   *
   * @param deviation which standard deviation
   * @param epsilon keeps the division finite
   * @param epsilonPlacement where it goes
   */
  @Kind(value = "batch", description = "Mean 0 and deviation 1 over the batch (Eq. 35).")
  record Batch(
      @Setting(
              value = "Standard deviation with divisor n - 1 (sample) or n (population).",
              byDefault = "sample")
          Deviation deviation,
      @Setting(
              value = "Keeps the division by the deviation finite.",
              byDefault = "1e-8",
              range = "[0, 1]")
          double epsilon,
      @Setting(
              value =
                  "Where it goes: added to the variance as in verl, to the deviation as in TRL, or"
                      + " as a floor of the variance as in OpenRLHF.",
              byDefault = "added-to-variance")
          EpsilonPlacement epsilonPlacement)
      implements WhiteningConfig {

    @Override
    public Optional<Whitening> whitening() {
      return Optional.of(always());
    }

    /** The whitening with these settings. */
    public Whitening always() {
      return new Whitening(deviation, epsilon, epsilonPlacement, false);
    }
  }
}
