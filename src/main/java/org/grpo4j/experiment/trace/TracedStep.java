package org.grpo4j.experiment.trace;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.grpo4j.policy.BlockStep;
import org.grpo4j.train.UpdateTrace;

/**
 * One optimiser step as the trace keeps it.
 *
 * @param innerEpoch the pass over the completions, from 0
 * @param rows the rows of the mini-batch; empty if it was all of them in order
 * @param learningRate of the step
 * @param loss before the step
 * @param gradientNorm before clipping
 * @param clipFactor what the gradient was multiplied by
 * @param blocks the same by parameter block
 */
public record TracedStep(
    int innerEpoch,
    Optional<List<Integer>> rows,
    double learningRate,
    double loss,
    double gradientNorm,
    double clipFactor,
    List<Block> blocks) {

  public TracedStep {
    blocks = List.copyOf(blocks);
  }

  /**
   * The effect of the step on a parameter block.
   *
   * @param name the block
   * @param gradientNorm norm of its gradient before clipping
   * @param changeNorm norm of the change of its parameters
   * @param parameterNorm norm of its parameters before the step
   */
  public record Block(String name, double gradientNorm, double changeNorm, double parameterNorm) {}

  static TracedStep of(UpdateTrace.OptimizerStep step, int rowsOfUpdate) {
    return new TracedStep(
        step.innerEpoch(),
        step.rows().equals(all(rowsOfUpdate)) ? Optional.empty() : Optional.of(step.rows()),
        step.learningRate(),
        step.objective().loss(),
        step.gradient().gradientNorm(),
        step.gradient().clipFactor(),
        step.gradient().blocks().stream().map(TracedStep::block).toList());
  }

  private static Block block(BlockStep of) {
    return new Block(of.block().name(), of.gradientNorm(), of.changeNorm(), of.parameterNorm());
  }

  private static List<Integer> all(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** The rows of the mini-batch of an update with {@code count} rows. */
  public List<Integer> rowsOf(int count) {
    return rows.orElseGet(() -> all(count));
  }
}
