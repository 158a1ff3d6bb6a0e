package org.grpo4j.experiment.comparison;

import java.util.List;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * The last value of a column when so many updates were done.
 *
 * @param column name of the column
 * @param updatesDone updates done, at least 0
 */
@Kind(value = "at-update", description = "The value of a column when so many updates were done.")
public record AtUpdate(
    @Setting("Column of `metrics.jsonl`.") String column,
    @Setting(value = "Updates done.", range = "[0, 1000000]") int updatesDone)
    implements MeasureSource {

  public AtUpdate {
    Require.that(updatesDone >= 0, "updatesDone", "at least 0", updatesDone);
  }

  /** {@code NaN} if the run was shorter. */
  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    DoubleVector done = Axis.UPDATES.positions(run);
    boolean reached = done.size() > 0 && done.get(done.size() - 1) >= updatesDone;
    return reached ? Columns.meanOfLast(run, column, 1, Axis.UPDATES, updatesDone) : Double.NaN;
  }
}
