package org.grpo4j.experiment.comparison;

import java.util.Comparator;
import java.util.List;

/**
 * One experiment with its finished runs.
 *
 * @param name what tables and legends call it
 * @param runs its runs, in ascending order of seed, each seed once
 */
public record ComparedExperiment(String name, List<FinishedRun> runs) {

  public ComparedExperiment {
    runs = runs.stream().sorted(Comparator.comparingLong(FinishedRun::seed)).toList();
    if (runs.stream().map(FinishedRun::seed).distinct().count() < runs.size()) {
      throw new IllegalArgumentException("runs: each seed must occur once, experiment " + name);
    }
  }
}
