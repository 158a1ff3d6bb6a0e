package org.grpo4j.experiment.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.ConfidenceInterval;
import org.grpo4j.experiment.statistics.StepCurve;
import org.grpo4j.math.DoubleVector;

/**
 * The learning curve of an experiment's seeds with a band: at each place their mean or
 * interquartile mean, and its percentile bootstrap interval. Places run from where every seed has a
 * first value to where the shortest seed ends; between two places the curve is a step.
 *
 * @param experiment its name
 * @param seeds number of runs
 * @param positions places on the axis, {@code [K]}
 * @param middle the centre of the seeds at each place, {@code [K]}
 * @param low lower edge, {@code [K]}; equal to the middle for one seed
 * @param high upper edge, {@code [K]}
 * @param each the curve of every seed at each place, {@code [seeds][K]}; none of more than {@link
 *     #FEW_SEEDS} seeds
 */
public record CurveBand(
    String experiment,
    int seeds,
    DoubleVector positions,
    DoubleVector middle,
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
      ComparedExperiment experiment, String column, Axis axis, Centre centre, Bootstrap bootstrap) {
    List<FinishedRun> runs =
        experiment.runs().stream().filter(run -> run.has(column) && axis.isKnown(run)).toList();
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    double[] places = places(runs, column, axis);
    double[][] heights = heights(runs, column, axis, places);
    Bootstrap quick =
        new Bootstrap(
            Math.min(RESAMPLES, bootstrap.resamples()), bootstrap.confidence(), bootstrap.seed());
    int[] everySeed = IntStream.range(0, runs.size()).toArray();
    double[] middle = new double[places.length];
    double[] low = new double[places.length];
    double[] high = new double[places.length];
    for (int k = 0; k < places.length; k++) {
      Bootstrap.Statistic ofSeeds = centre.of(DoubleVector.of(heights[k]));
      middle[k] = ofSeeds.of(everySeed);
      ConfidenceInterval interval = quick.percentile(everySeed.length, ofSeeds);
      low[k] = Math.min(interval.low(), middle[k]);
      high[k] = Math.max(interval.high(), middle[k]);
    }
    return Optional.of(
        new CurveBand(
            experiment.name(),
            runs.size(),
            DoubleVector.of(places),
            DoubleVector.of(middle),
            DoubleVector.of(low),
            DoubleVector.of(high),
            runs.size() > FEW_SEEDS ? List.of() : each(heights, runs.size())));
  }

  /** The height of every run's curve at each place, {@code [K][seeds]}: one run at a time. */
  private static double[][] heights(
      List<FinishedRun> runs, String column, Axis axis, double[] places) {
    double[][] heights = new double[places.length][runs.size()];
    for (int i = 0; i < runs.size(); i++) {
      StepCurve curve = axis.curve(runs.get(i), column);
      for (int k = 0; k < places.length; k++) {
        heights[k][i] = curve.at(places[k]);
      }
    }
    return heights;
  }

  private static List<DoubleVector> each(double[][] heights, int seeds) {
    return IntStream.range(0, seeds)
        .mapToObj(i -> Arrays.stream(heights).mapToDouble(place -> place[i]).toArray())
        .map(DoubleVector::of)
        .toList();
  }

  /** Every place where something was measured, or evenly spaced ones if those are too many. */
  private static double[] places(List<FinishedRun> runs, String column, Axis axis) {
    double start = Double.NEGATIVE_INFINITY;
    double end = Double.POSITIVE_INFINITY;
    for (FinishedRun run : runs) {
      StepCurve curve = axis.curve(run, column);
      start = Math.max(start, curve.start());
      end = Math.min(end, curve.end());
    }
    if (end <= start) {
      return new double[] {start};
    }
    TreeSet<Double> measured = new TreeSet<>();
    for (FinishedRun run : runs) {
      for (double place : axis.curve(run, column).positions().toArray()) {
        if (place >= start && place <= end) {
          measured.add(place);
        }
      }
      if (measured.size() > MOST_PLACES) {
        return evenlySpaced(start, end);
      }
    }
    return measured.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] evenlySpaced(double start, double end) {
    double[] places = new double[MOST_PLACES];
    for (int k = 0; k < MOST_PLACES; k++) {
      places[k] = start + (end - start) * k / (MOST_PLACES - 1);
    }
    return places;
  }
}
