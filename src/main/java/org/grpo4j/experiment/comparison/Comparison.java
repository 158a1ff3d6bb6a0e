package org.grpo4j.experiment.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.experiment.statistics.Bootstrap;

/**
 * Experiments side by side, paired by seed. Differences are from the first experiment.
 *
 * @param title what is compared
 * @param experiments the experiments with their finished runs, at least one
 * @param measures every measure that some run has
 * @param curves learning curves over completions, tokens and seconds
 * @param differences the settings in which the experiments differ
 */
public record Comparison(
    String title,
    List<ComparedExperiment> experiments,
    List<MeasureComparison> measures,
    List<CurveSet> curves,
    List<SettingDifference> differences) {

  public Comparison {
    experiments = List.copyOf(experiments);
    measures = List.copyOf(measures);
    curves = List.copyOf(curves);
    differences = List.copyOf(differences);
  }

  /** Compares these experiments. */
  public static Comparison of(
      String title,
      List<ComparedExperiment> experiments,
      List<Measure> measures,
      Bootstrap bootstrap) {
    if (experiments.isEmpty()) {
      throw new IllegalArgumentException("experiments: must not be empty");
    }
    List<MeasureComparison> measured =
        measures.stream()
            .map(measure -> MeasureComparison.of(measure, experiments, bootstrap))
            .filter(MeasureComparison::isMeasured)
            .toList();
    return new Comparison(
        title,
        experiments,
        measured,
        curves(experiments, bootstrap),
        SettingDifference.among(experiments));
  }

  /** The measure of this name. */
  public Optional<MeasureComparison> measure(String name) {
    return measures.stream().filter(m -> m.measure().name().equals(name)).findFirst();
  }

  private static List<CurveSet> curves(List<ComparedExperiment> experiments, Bootstrap bootstrap) {
    List<CurveSet> curves = new ArrayList<>();
    for (Axis axis : List.of(Axis.COMPLETIONS, Axis.TOKENS, Axis.SECONDS)) {
      for (Curve curve : List.of(Curve.REWARD, Curve.GREEDY)) {
        curve.set(experiments, axis, bootstrap).ifPresent(curves::add);
      }
    }
    for (Curve curve : List.of(Curve.LENGTH, Curve.ENTROPY, Curve.DEAD_GROUPS)) {
      curve.set(experiments, Axis.COMPLETIONS, bootstrap).ifPresent(curves::add);
    }
    return curves;
  }

  /**
   * What is drawn.
   *
   * @param title heading of the plot
   * @param column where it is in the metrics
   * @param smoothing how many updates are averaged
   */
  private record Curve(String title, String column, int smoothing) {

    private static final int UPDATES = 5;

    static final Curve REWARD =
        new Curve("Reward, mean of " + UPDATES + " updates", MetricNames.REWARD, UPDATES);
    static final Curve GREEDY =
        new Curve("Greedy accuracy, held-out problems", MetricNames.GREEDY, 1);
    static final Curve LENGTH =
        new Curve("Length in tokens, mean of " + UPDATES, MetricNames.LENGTH, UPDATES);
    static final Curve ENTROPY =
        new Curve("Entropy in nats, mean of " + UPDATES, MetricNames.ENTROPY, UPDATES);
    static final Curve DEAD_GROUPS =
        new Curve("Share of dead groups, mean of " + UPDATES, MetricNames.DEAD_GROUPS, UPDATES);

    Optional<CurveSet> set(List<ComparedExperiment> experiments, Axis axis, Bootstrap bootstrap) {
      List<CurveBand> bands =
          experiments.stream()
              .map(found -> CurveBand.of(found, column, axis, smoothing, bootstrap))
              .flatMap(Optional::stream)
              .toList();
      return bands.isEmpty()
          ? Optional.empty()
          : Optional.of(new CurveSet(title, column, axis, bands));
    }
  }
}
