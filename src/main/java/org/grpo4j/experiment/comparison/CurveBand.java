package org.grpo4j.experiment.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.ConfidenceInterval;
import org.grpo4j.experiment.statistics.StepCurve;
import org.grpo4j.math.DoubleVector;

/**
 * The mean learning curve of an experiment's seeds with a band: at each place the percentile
 * bootstrap interval of the mean. Places run from where every seed has a first value to where the
 * shortest seed ends; between two places the curve is a step.
 *
 * @param experiment its name
 * @param seeds number of runs
 * @param positions places on the axis, {@code [K]}
 * @param mean mean of the seeds at each place, {@code [K]}
 * @param low lower edge, {@code [K]}; equal to the mean for one seed
 * @param high upper edge, {@code [K]}
 * @param each the curve of every seed at each place, {@code [seeds][K]}
 */
public record CurveBand(
    String experiment,
    int seeds,
    DoubleVector positions,
    DoubleVector mean,
    DoubleVector low,
    DoubleVector high,
    List<DoubleVector> each) {

  /** Up to so many seeds a band says less than the curves themselves. */
  public static final int FEW_SEEDS = 5;

  public CurveBand {
    each = List.copyOf(each);
  }

  private static final int MOST_PLACES = 240;

  private static final int RESAMPLES = 1_000;

  /** The band of {@code column}; none if no run has it. */
  static Optional<CurveBand> of(
      ComparedExperiment experiment, String column, Axis axis, Bootstrap bootstrap) {
    List<StepCurve> curves =
        experiment.runs().stream()
            .filter(run -> run.has(column) && axis.isKnown(run))
            .map(run -> axis.curve(run, column))
            .toList();
    if (curves.isEmpty()) {
      return Optional.empty();
    }
    double[] places = places(curves);
    Bootstrap quick = new Bootstrap(RESAMPLES, bootstrap.confidence(), bootstrap.seed());
    double[] mean = new double[places.length];
    double[] low = new double[places.length];
    double[] high = new double[places.length];
    for (int k = 0; k < places.length; k++) {
      double place = places[k];
      DoubleVector heights =
          DoubleVector.of(curves.stream().mapToDouble(curve -> curve.at(place)).toArray());
      mean[k] = heights.sum() / heights.size();
      ConfidenceInterval interval =
          quick.percentile(heights.size(), Bootstrap.Statistic.mean(heights));
      low[k] = Math.min(interval.low(), mean[k]);
      high[k] = Math.max(interval.high(), mean[k]);
    }
    return Optional.of(
        new CurveBand(
            experiment.name(),
            curves.size(),
            DoubleVector.of(places),
            DoubleVector.of(mean),
            DoubleVector.of(low),
            DoubleVector.of(high),
            curves.stream().map(curve -> at(curve, places)).toList()));
  }

  private static DoubleVector at(StepCurve curve, double[] places) {
    return DoubleVector.of(Arrays.stream(places).map(curve::at).toArray());
  }

  /** Every place where something was measured, or evenly spaced ones if those are too many. */
  private static double[] places(List<StepCurve> curves) {
    double start = Double.NEGATIVE_INFINITY;
    double end = Double.POSITIVE_INFINITY;
    TreeSet<Double> measured = new TreeSet<>();
    for (StepCurve curve : curves) {
      start = Math.max(start, curve.start());
      end = Math.min(end, curve.end());
      for (int i = 0; i < curve.positions().size(); i++) {
        measured.add(curve.positions().get(i));
      }
    }
    if (end <= start) {
      return new double[] {start};
    }
    List<Double> places = new ArrayList<>(measured.subSet(start, true, end, true));
    if (places.size() > MOST_PLACES) {
      places.clear();
      for (int k = 0; k < MOST_PLACES; k++) {
        places.add(start + (end - start) * k / (MOST_PLACES - 1));
      }
    }
    return places.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
