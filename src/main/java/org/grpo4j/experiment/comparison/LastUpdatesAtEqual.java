package org.grpo4j.experiment.comparison;

import java.util.List;

/**
 * The mean of the last values of a column that were known when the shortest run of the comparison
 * ended: what each had reached with the same completions, tokens or seconds.
 *
 * @param column name of the column
 * @param updates how many values, at least 1
 * @param axis what there was the same amount of
 */
public record LastUpdatesAtEqual(String column, int updates, Axis axis) implements MeasureSource {

  public LastUpdatesAtEqual {
    if (updates < 1) {
      throw new IllegalArgumentException("updates: must be at least 1, got " + updates);
    }
  }

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    return Columns.meanOfLast(run, column, updates, axis, axis.commonEnd(all));
  }
}
