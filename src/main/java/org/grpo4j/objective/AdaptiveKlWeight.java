package org.grpo4j.objective;

/**
 * Steers {@code beta} so that the divergence approaches a target (Eq. 56; Ziegler et al. 2019):
 * {@code beta <- beta (1 + clip(kl/target - 1, -0.2, 0.2) n / horizon)}.
 *
 * @param target divergence to keep, positive
 * @param horizon number of completions over which {@code beta} may change by a fifth, positive
 */
public record AdaptiveKlWeight(double target, double horizon) {

  private static final double LARGEST_ERROR = 0.2;

  public AdaptiveKlWeight {
    Checks.positive("target", target);
    Checks.positive("horizon", horizon);
  }

  /** The weight after {@code completions} completions with mean divergence {@code kl}. */
  public double next(double beta, double kl, double completions) {
    double error = Math.max(-LARGEST_ERROR, Math.min(kl / target - 1, LARGEST_ERROR));
    return beta * (1 + error * completions / horizon);
  }
}
