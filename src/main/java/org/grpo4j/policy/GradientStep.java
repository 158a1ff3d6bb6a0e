package org.grpo4j.policy;

import java.util.List;

/**
 * The effect of one optimiser step.
 *
 * @param gradientNorm global L2 norm of the accumulated gradient before clipping
 * @param clipFactor what the gradient was multiplied by: {@code min(1, maxNorm / (norm + 1e-6))}
 * @param version the policy's version after the step
 * @param blocks the same by parameter block, in the order of {@link Policy#parameterBlocks}
 */
public record GradientStep(
    double gradientNorm, double clipFactor, long version, List<BlockStep> blocks) {

  public GradientStep {
    blocks = List.copyOf(blocks);
  }
}
