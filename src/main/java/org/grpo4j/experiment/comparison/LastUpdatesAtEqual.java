package org.grpo4j.experiment.comparison;

import java.util.List;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * The mean of the last values of a column that were known when the shortest run of the comparison
 * ended: what each had reached with the same completions, tokens, operations or seconds.
 *
 * @param column name of the column
 * @param updates how many values, at least 1
 * @param axis what there was the same amount of
 */
@Kind(
    value = "last-updates-at-equal",
    description = "The same, up to where the shortest run of the comparison ends.")
public record LastUpdatesAtEqual(
    @Setting("Column of `metrics.jsonl`.") String column,
    @Setting(
            value = "How many of the last values are averaged.",
            byDefault = "20",
            range = "[1, 1000000]")
        int updates,
    @Setting(value = "What every run had the same amount of.", byDefault = "completions") Axis axis)
    implements MeasureSource {

  public LastUpdatesAtEqual {
    Require.that(updates >= 1, "updates", "at least 1", updates);
  }

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    return Columns.meanOfLast(run, column, updates, axis, axis.commonEnd(all));
  }

  @Override
  public boolean dependsOnTheMachine() {
    return axis == Axis.SECONDS;
  }
}
