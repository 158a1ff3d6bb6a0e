package org.grpo4j.objective;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * Steers {@code beta} so that the KL divergence approaches a target (Eq. 56; Ziegler et al. 2019):
 * {@code beta <- beta (1 + clip(kl/target - 1, -0.2, 0.2) n / horizon)}.
 *
 * @param target KL divergence to keep, positive
 * @param horizon number of completions over which {@code beta} may change by a fifth, positive
 */
@Kind(
    value = "adaptive",
    label = "",
    description =
        "The coefficient grows while the metric kl is above a target and shrinks below it (Eq. 56):"
            + " Ziegler et al. 2019, verl, OpenRLHF.",
    none = "The coefficient stays as it is.")
public record AdaptiveKlWeight(
    @Setting(
            value = "KL divergence to keep, the metric kl.",
            byDefault = "0.05",
            range = "(0, inf)",
            unit = "nats per token")
        double target,
    @Setting(
            value = "Completions over which the coefficient may change by a fifth.",
            byDefault = "10000",
            range = "(0, inf)",
            unit = "completions")
        double horizon) {

  private static final double LARGEST_ERROR = 0.2;

  public AdaptiveKlWeight {
    Require.positive("target", target);
    Require.positive("horizon", horizon);
  }

  /** The weight after {@code completions} completions with mean KL divergence {@code kl}. */
  public double next(double beta, double kl, double completions) {
    double error = Math.max(-LARGEST_ERROR, Math.min(kl / target - 1, LARGEST_ERROR));
    return beta * (1 + error * completions / horizon);
  }
}
