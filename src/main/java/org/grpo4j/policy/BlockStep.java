package org.grpo4j.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * The effect of one optimiser step on one parameter block. The squares of the gradient norms of all
 * blocks sum to the square of the global norm.
 *
 * @param block which parameters
 * @param gradientNorm L2 norm of their gradient before clipping
 * @param changeNorm L2 norm of the difference between the parameters after and before the step
 * @param parameterNorm L2 norm of the parameters before the step
 */
public record BlockStep(
    ParameterBlock block, double gradientNorm, double changeNorm, double parameterNorm) {

  /**
   * The steps of all blocks.
   *
   * @param gradient before clipping, flat
   * @param before the flat parameters before the step
   * @param after the flat parameters after it
   */
  public static List<BlockStep> of(
      List<ParameterBlock> blocks, double[] gradient, double[] before, double[] after) {
    List<BlockStep> steps = new ArrayList<>(blocks.size());
    for (ParameterBlock block : blocks) {
      double gradientSquares = 0;
      double changeSquares = 0;
      double parameterSquares = 0;
      for (int i = block.offset(); i < block.offset() + block.size(); i++) {
        double change = after[i] - before[i];
        gradientSquares += gradient[i] * gradient[i];
        changeSquares += change * change;
        parameterSquares += before[i] * before[i];
      }
      steps.add(
          new BlockStep(
              block,
              Math.sqrt(gradientSquares),
              Math.sqrt(changeSquares),
              Math.sqrt(parameterSquares)));
    }
    return steps;
  }
}
