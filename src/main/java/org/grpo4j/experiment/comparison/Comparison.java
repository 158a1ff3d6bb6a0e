package org.grpo4j.experiment.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.FewerSeeds;
import org.grpo4j.math.Require;
import org.grpo4j.metric.Metric;

/**
 * Experiments side by side, paired by seed. Differences are from the first experiment.
 *
 * @param title what is compared
 * @param experiments the experiments with their finished runs, at least one
 * @param measures every measure that some run has
 * @param curves learning curves over completions, tokens, operations and seconds
 * @param differences the settings in which the experiments differ
 * @param clock how steady the machine was
 */
public record Comparison(
    String title,
    List<ComparedExperiment> experiments,
    List<MeasureComparison> measures,
    List<CurveSet> curves,
    List<SettingDifference> differences,
    ClockSpread clock) {

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
    Require.that(!experiments.isEmpty(), "experiments: must not be empty");
    CommonRange all =
        new CommonRange(experiments.stream().flatMap(one -> one.runs().stream()).toList());
    ClockSpread clock = ClockSpread.ofRuns(experiments, all);
    List<MeasureComparison> measured =
        measures.stream()
            .map(measure -> measure.titledFor(rewardIsAccuracy(experiments)))
            .map(measure -> MeasureComparison.of(measure, experiments, all, clock, bootstrap))
            .filter(MeasureComparison::isMeasured)
            .toList();
    return new Comparison(
        title,
        experiments,
        measured,
        curves(experiments, bootstrap),
        SettingDifference.among(experiments),
        clock);
  }

  /**
   * The measure a reader should go by; the other rows say more about it and are not corrected for
   * their number.
   */
  public MeasureComparison primary() {
    return measures.get(0);
  }

  /** The measure of this name. */
  public Optional<MeasureComparison> measure(String name) {
    return measures.stream().filter(m -> m.measure().name().equals(name)).findFirst();
  }

  private static List<CurveSet> curves(List<ComparedExperiment> experiments, Bootstrap bootstrap) {
    Curves curves = new Curves(experiments, bootstrap, new ArrayList<>());
    String reward = rewardIsAccuracy(experiments) ? Measure.TRAINING : Measure.REWARD;
    String greedy = "Greedy accuracy, held out";
    for (Axis axis : List.of(Axis.COMPLETIONS, Axis.TOKENS, Axis.FLOPS, Axis.SECONDS)) {
      curves.add(reward, Metric.REWARD.key(), axis, Centre.MEAN);
      curves.add(greedy, Metric.GREEDY.key(), axis, Centre.MEAN);
    }
    curves.add("Length in tokens", Metric.MEAN_LENGTH.key());
    curves.add("Entropy in nats", Metric.ENTROPY.key());
    curves.add("Dead groups", Metric.DEAD_GROUPS.key());
    for (String part : rewardParts(experiments)) {
      curves.add("Reward " + part.split("/", -1)[1] + ", mean", part);
    }
    if (experiments.stream().anyMatch(one -> one.runs().size() >= FewerSeeds.MANY)) {
      Centre centre = Centre.INTERQUARTILE_MEAN;
      curves.add(reward + ", IQM", Metric.REWARD.key(), Axis.COMPLETIONS, centre);
      curves.add(greedy + ", IQM", Metric.GREEDY.key(), Axis.COMPLETIONS, centre);
    }
    return curves.sets();
  }

  private static boolean rewardIsAccuracy(List<ComparedExperiment> experiments) {
    return experiments.stream()
        .flatMap(experiment -> experiment.runs().stream())
        .allMatch(run -> rewardIsAccuracy(run.settings()));
  }

  /** Whether these settings reward the right answer and nothing else. */
  public static boolean rewardIsAccuracy(Map<String, String> settings) {
    return settings.entrySet().stream()
        .filter(setting -> setting.getKey().matches("reward\\.parts\\[\\d+]\\.name"))
        .allMatch(setting -> setting.getValue().equals("correct"));
  }

  /** The parts of the reward if some run has several: then their sum is not the whole story. */
  private static Set<String> rewardParts(List<ComparedExperiment> experiments) {
    Set<String> parts = new TreeSet<>();
    experiments.forEach(one -> one.runs().forEach(run -> parts.addAll(run.numbers().columns())));
    parts.removeIf(column -> !Metric.isRewardPart(column));
    return parts.size() > 1 ? parts : Set.of();
  }

  private record Curves(
      List<ComparedExperiment> experiments, Bootstrap bootstrap, List<CurveSet> sets) {

    void add(String title, String column) {
      add(title, column, Axis.COMPLETIONS, Centre.MEAN);
    }

    void add(String title, String column, Axis axis, Centre centre) {
      List<CurveBand> bands =
          experiments.stream()
              .map(experiment -> CurveBand.of(experiment, column, axis, centre, bootstrap))
              .flatMap(Optional::stream)
              .toList();
      if (!bands.isEmpty()) {
        sets.add(new CurveSet(title, column, axis, centre, bands));
      }
    }
  }
}
