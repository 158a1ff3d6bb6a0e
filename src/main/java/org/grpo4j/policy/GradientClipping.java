package org.grpo4j.policy;

import java.util.List;
import java.util.Optional;
import org.grpo4j.math.Require;

/**
 * Clipping to a global norm (Eq. 10): the whole gradient is multiplied by {@code min(1, maxNorm /
 * (norm + 1e-6))}, so its direction stays.
 *
 * @param norm L2 norm of the whole gradient before clipping
 * @param factor what to multiply it by; 0 if the norm is not finite: such a gradient must not be
 *     applied
 */
public record GradientClipping(double norm, double factor) {

  private static final double NORM_EPSILON = 1e-6;

  /**
   * The clipping of {@code gradient}.
   *
   * @param maxNorm the bound, positive; infinity for none
   */
  public static GradientClipping of(double[] gradient, double maxNorm) {
    Require.that(maxNorm > 0, "maxGradientNorm", "positive", maxNorm);
    double sumOfSquares = 0;
    for (double element : gradient) {
      sumOfSquares += element * element;
    }
    double norm = Math.sqrt(sumOfSquares);
    double factor = Double.isFinite(norm) ? Math.min(1, maxNorm / (norm + NORM_EPSILON)) : 0;
    return new GradientClipping(norm, factor);
  }

  /** The element for which the gradient of {@code values} must not be applied, if it must not. */
  public Optional<NonFinite> fault(
      List<ParameterBlock> blocks, double[] values, double[] gradient) {
    return Double.isFinite(norm)
        ? Optional.empty()
        : NonFinite.first("gradient", blocks, values, gradient)
            .or(() -> Optional.of(NonFinite.of("gradient norm", norm)));
  }
}
