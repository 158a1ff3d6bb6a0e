package org.grpo4j.experiment.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.comparison.MeasureSource.SecondsPerGflop;
import org.grpo4j.math.Numbers;

/**
 * The steadiness of the machine: seconds of an operation in an experiment's slowest run over those
 * in its quickest. The runs of one experiment do the same work, so a ratio far from 1 is the
 * machine's, and a comparison of seconds would compare loads.
 *
 * @param ratios one an experiment, at least 1; 1 where it is not known
 */
public record ClockSpread(Map<String, Double> ratios) {

  /** Beyond this ratio seconds are withheld. */
  public static final double MOST = 1.25;

  public ClockSpread {
    ratios = new LinkedHashMap<>(ratios);
  }

  /** The spread of these numbers: experiment, one number a run. */
  public static ClockSpread of(Map<String, ? extends Collection<Double>> secondsPerFlop) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    secondsPerFlop.forEach(
        (experiment, numbers) -> {
          DoubleSummaryStatistics all =
              numbers.stream()
                  .filter(Double::isFinite) // a table counts no operations
                  .mapToDouble(Double::doubleValue)
                  .summaryStatistics();
          boolean isKnown = all.getCount() > 0 && all.getMin() > 0;
          ratios.put(experiment, isKnown ? all.getMax() / all.getMin() : 1);
        });
    return new ClockSpread(ratios);
  }

  /** The spread of these runs. */
  static ClockSpread ofRuns(List<ComparedExperiment> experiments, CommonRange all) {
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    for (ComparedExperiment experiment : experiments) {
      numbers.put(
          experiment.name(),
          experiment.runs().stream().map(run -> new SecondsPerGflop().of(run, all)).toList());
    }
    return of(numbers);
  }

  /** Whether seconds of {@code experiment} say something about it. */
  public boolean isSteady(String experiment) {
    return ratios.getOrDefault(experiment, 1.0) <= MOST;
  }

  /** Why seconds are withheld, for readers; to be said if somebody's are. */
  public String sentence() {
    List<String> found = new ArrayList<>();
    ratios.forEach(
        (name, ratio) -> {
          if (ratio > MOST) {
            found.add(name + " " + Numbers.brief(ratio));
          }
        });
    return ("Differences at equal seconds are withheld: between runs of one experiment, which do"
            + " the same work, seconds an operation differ by more than a factor of %s (%s). Go"
            + " by equal FLOPs.")
        .formatted(Numbers.brief(MOST), String.join(", ", found));
  }

  /** The experiments whose seconds are withheld. */
  public List<String> unsteady() {
    return ratios.keySet().stream().filter(name -> !isSteady(name)).toList();
  }
}
