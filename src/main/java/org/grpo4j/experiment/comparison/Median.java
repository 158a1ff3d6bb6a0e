package org.grpo4j.experiment.comparison;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;

/**
 * The median of a column, which a slow first update does not move.
 *
 * @param column name of the column
 */
@Kind(value = "median", description = "The median of a column.")
public record Median(@Setting("Column of `metrics.jsonl`.") String column)
    implements MeasureSource {

  @Override
  public boolean dependsOnTheMachine() {
    return column.equals(MetricNames.TRAINING_SECONDS);
  }

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    double[] measured = Columns.measured(run, column);
    return measured.length == 0 ? Double.NaN : StatUtils.percentile(measured, 50);
  }
}
