package org.grpo4j.experiment.comparison;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The median of a column, which a slow first update does not move.
 *
 * @param column name of the column
 */
public record Median(String column) implements MeasureSource {

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    double[] measured = Columns.measured(run, column);
    return measured.length == 0 ? Double.NaN : StatUtils.percentile(measured, 50);
  }
}
