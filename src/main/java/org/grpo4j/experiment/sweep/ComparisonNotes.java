package org.grpo4j.experiment.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.grpo4j.experiment.comparison.ClockSpread;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.math.Numbers;

/** Notes that a reader needs to judge the numbers of a comparison. */
final class ComparisonNotes {

  /** Fewer pairs than this cannot give a two-sided signed-rank p below 0.05. */
  private static final int FEW_SEEDS = 6;

  private ComparisonNotes() {}

  static List<String> of(
      List<ComparedExperiment> experiments, ClockSpread clock, int reused, int made, int jobs) {
    List<FinishedRun> runs = experiments.stream().flatMap(e -> e.runs().stream()).toList();
    List<String> notes = new ArrayList<>();
    notes.add(
        "Runs: %s made now%s, %s reused."
            .formatted(made, jobs > 1 ? ", " + jobs + " at a time" : "", reused));
    notes.add(
        "Seconds are wall-clock seconds of sampling, scoring and optimising; the start of the"
            + " program, the cold start and evaluations are not counted."
            + (jobs > 1 ? " Runs at the same time share the machine and slow each other." : ""));
    if (!clock.unsteady().isEmpty()) {
      notes.add(clock.sentence());
    }
    Set<String> configurations = distinct(runs, run -> run.provenance().configHash());
    if (configurations.size() < experiments.size()) {
      notes.add("Some of the experiments have the same configuration, and so the same runs.");
    }
    Set<String> programs = distinct(runs, run -> run.provenance().program());
    if (programs.size() > 1) {
      notes.add(
          "The runs were made by different versions of the program (%s): use --fresh to make all"
                  .formatted(String.join("; ", programs))
              + " again.");
    }
    Set<String> machines =
        distinct(
            runs, run -> run.provenance().machine() + ", workers " + run.provenance().workers());
    if (machines.size() > 1) {
      notes.add(
          "Seconds are not comparable: the runs were made on different machines or with different"
              + " numbers of workers (%s).".formatted(String.join("; ", machines)));
    }
    int fewest = experiments.stream().mapToInt(e -> e.runs().size()).min().orElse(0);
    if (experiments.size() > 1 && fewest > 0 && fewest < FEW_SEEDS) {
      notes.add(
          "With %s the smallest possible signed-rank p is %s, and bootstrap intervals are too narrow;"
                  .formatted(
                      fewest == 1 ? "one pair of seeds" : fewest + " pairs of seeds",
                      Numbers.brief(Math.min(1, 2 / Math.pow(2, fewest))))
              + " go by Student's t.");
    }
    return notes;
  }

  private static Set<String> distinct(
      List<FinishedRun> runs, Function<FinishedRun, String> property) {
    return runs.stream().map(property).collect(Collectors.toCollection(TreeSet::new));
  }
}
