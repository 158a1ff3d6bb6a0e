package org.grpo4j.experiment.comparison;

import java.util.List;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.statistics.StepCurve;

/**
 * The normalised area under a learning curve: its mean height from where every run has a first
 * value to where the shortest run ends.
 *
 * @param column name of the column
 * @param axis what the curve is drawn over
 */
@Kind(value = "area", description = "The mean height of a learning curve.")
public record Area(
    @Setting("Column of `metrics.jsonl`.") String column,
    @Setting(value = "What the curve is drawn over.", byDefault = "completions") Axis axis)
    implements MeasureSource {

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    if (!run.has(column) || !all.stream().allMatch(axis::isKnown)) {
      return Double.NaN;
    }
    double from = Double.NEGATIVE_INFINITY;
    for (FinishedRun other : all) {
      if (other.has(column)) {
        from = Math.max(from, axis.curve(other, column).start());
      }
    }
    double to = axis.commonEnd(all);
    StepCurve curve = axis.curve(run, column);
    return to > from ? curve.meanHeight(from, to) : curve.at(to);
  }

  @Override
  public boolean dependsOnTheMachine() {
    return axis == Axis.SECONDS;
  }
}
