package org.grpo4j.experiment.comparison;

import java.util.List;

/**
 * The mean of the last values of a column; of all if there are fewer.
 *
 * @param column name of the column
 * @param updates how many values, at least 1
 */
public record LastUpdates(String column, int updates) implements MeasureSource {

  public LastUpdates {
    if (updates < 1) {
      throw new IllegalArgumentException("updates: must be at least 1, got " + updates);
    }
  }

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    return Columns.meanOfLast(run, column, updates, Axis.UPDATES, Double.POSITIVE_INFINITY);
  }
}
