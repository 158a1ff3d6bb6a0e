package org.grpo4j.experiment.comparison;

import java.util.List;
import org.grpo4j.declare.Kind;

/**
 * Seconds of training over its estimated floating-point operations, in units of a billion: how fast
 * the machine was while the run was made.
 */
@Kind(value = "seconds-per-gflop", description = "Seconds of training for a billion operations.")
public record SecondsPerGflop() implements MeasureSource {

  private static final double GIGA = 1e9;

  @Override
  public String column() {
    return MetricNames.TRAINING_SECONDS;
  }

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    double seconds = Axis.SECONDS.commonEnd(List.of(run));
    double flops = run.summary(MetricNames.FLOPS).orElse(Double.NaN);
    return flops > 0 ? seconds / (flops / GIGA) : Double.NaN;
  }

  @Override
  public boolean dependsOnTheMachine() {
    return true;
  }
}
