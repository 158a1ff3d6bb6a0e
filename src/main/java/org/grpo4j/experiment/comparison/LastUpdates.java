package org.grpo4j.experiment.comparison;

import java.util.List;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * The mean of the last values of a column; of all if there are fewer.
 *
 * @param column name of the column
 * @param updates how many values, at least 1
 */
@Kind(value = "last-updates", description = "The mean of the last values of a column.")
public record LastUpdates(
    @Setting("Column of `metrics.jsonl`.") String column,
    @Setting(
            value = "How many of the last values are averaged.",
            byDefault = "20",
            range = "[1, 1000000]")
        int updates)
    implements MeasureSource {

  public LastUpdates {
    Require.that(updates >= 1, "updates", "at least 1", updates);
  }

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    return Columns.meanOfLast(run, column, updates, Axis.UPDATES, Double.POSITIVE_INFINITY);
  }
}
