package org.grpo4j.experiment.statistics;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * A learning curve as what was known at each moment: a value holds from where it was measured until
 * the next one is. So curves with measurements at different places can be put on one axis without
 * looking ahead, which a straight line between two measurements does.
 *
 * @param positions where values were measured, strictly ascending, {@code [n]}, at least one
 * @param values what was measured, {@code [n]}, finite
 */
public record StepCurve(DoubleVector positions, DoubleVector values) {

  public StepCurve {
    Require.finite(positions, "positions");
    Require.finite(values, "values");
    Require.sameSize(positions, values, "values");
    for (int i = 1; i < positions.size(); i++) {
      if (positions.get(i) <= positions.get(i - 1)) {
        throw new IllegalArgumentException(
            "positions[%s]: must be larger than the one before, %s, got %s"
                .formatted(i, positions.get(i - 1), positions.get(i)));
      }
    }
  }

  /**
   * The curve of the measurements that are there.
   *
   * @param positions not descending; of several values at one place the last one counts
   * @param values {@code NaN} where nothing was measured
   * @throws IllegalArgumentException if nothing was measured at all
   */
  public static StepCurve ofMeasured(DoubleVector positions, DoubleVector values) {
    Require.sameSize(positions, values, "values");
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      if (Double.isNaN(values.get(i))) {
        continue;
      }
      double[] point = {positions.get(i), values.get(i)};
      if (!points.isEmpty() && points.get(points.size() - 1)[0] == point[0]) {
        points.set(points.size() - 1, point);
      } else {
        points.add(point);
      }
    }
    double[] x = new double[points.size()];
    double[] y = new double[points.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = points.get(i)[0];
      y[i] = points.get(i)[1];
    }
    return new StepCurve(DoubleVector.of(x), DoubleVector.of(y));
  }

  /** The place of the first value. */
  public double start() {
    return positions.get(0);
  }

  /** The place of the last value. */
  public double end() {
    return positions.get(positions.size() - 1);
  }

  /** The last value measured at or before {@code position}; {@code NaN} if there is none yet. */
  public double at(double position) {
    int last = -1;
    while (last + 1 < positions.size() && positions.get(last + 1) <= position) {
      last++;
    }
    return last < 0 ? Double.NaN : values.get(last);
  }

  /**
   * The normalised area under the curve: the mean height between two places.
   *
   * @param from not before {@link #start()}
   * @param to after {@code from}; the last value goes on beyond {@link #end()}
   */
  public double meanHeight(double from, double to) {
    Require.that(
        from >= start(),
        "from: must not be before the first value at " + start() + ", got " + from);
    Require.that(to > from, "to", "larger than from = " + from, to);
    double area = 0;
    for (int i = 0; i < positions.size(); i++) {
      double left = Math.max(from, positions.get(i));
      double right = Math.min(to, i + 1 < positions.size() ? positions.get(i + 1) : to);
      if (right > left) {
        area += values.get(i) * (right - left);
      }
    }
    return area / (to - from);
  }
}
