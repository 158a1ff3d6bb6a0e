package org.grpo4j.policy;

import java.util.List;
import java.util.Optional;

/**
 * The effect of one optimiser step.
 *
 * @param gradientNorm global L2 norm of the accumulated gradient before clipping
 * @param clipFactor what the gradient was multiplied by: {@code min(1, maxNorm / (norm + 1e-6))}
 * @param version the policy's version after the step
 * @param blocks the same by parameter block, in the order of {@link Policy#parameterBlocks}
 * @param fault the first number of the gradient, or of the parameters after the step, that is not
 *     finite; the parameters are then as they were before
 */
public record GradientStep(
    double gradientNorm,
    double clipFactor,
    long version,
    List<BlockStep> blocks,
    Optional<NonFinite> fault) {

  public GradientStep {
    blocks = List.copyOf(blocks);
  }
}
