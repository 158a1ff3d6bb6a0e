package org.grpo4j.experiment.comparison;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;

/**
 * The largest value of a column.
 *
 * @param column name of the column
 */
@Kind(value = "largest", description = "The largest value of a column.")
public record Largest(@Setting("Column of `metrics.jsonl`.") String column)
    implements MeasureSource {

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    double[] measured = Columns.measured(run, column);
    return measured.length == 0 ? Double.NaN : StatUtils.max(measured);
  }
}
