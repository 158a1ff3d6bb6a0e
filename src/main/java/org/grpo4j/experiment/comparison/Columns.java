package org.grpo4j.experiment.comparison;

import java.util.Arrays;
import org.grpo4j.math.DoubleVector;

/** What the measures have in common. */
final class Columns {

  private Columns() {}

  /** The values of a column that are there. */
  static double[] measured(FinishedRun run, String column) {
    return Arrays.stream(run.column(column).toArray())
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /**
   * The mean of the last {@code count} values of {@code column} at places up to {@code end}; {@code
   * NaN} if there is none.
   */
  static double meanOfLast(FinishedRun run, String column, int count, Axis axis, double end) {
    DoubleVector positions = axis.positions(run);
    DoubleVector values = run.column(column);
    double sum = 0;
    int found = 0;
    for (int row = values.size() - 1; row >= 0 && found < count; row--) {
      if (positions.get(row) <= end && !Double.isNaN(values.get(row))) {
        sum += values.get(row);
        found++;
      }
    }
    return found == 0 ? Double.NaN : sum / found;
  }
}
