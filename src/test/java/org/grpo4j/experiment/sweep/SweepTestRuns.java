package org.grpo4j.experiment.sweep;

import java.nio.file.Path;
import java.util.List;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;

/** Planned runs for tests. */
final class SweepTestRuns {

  private SweepTestRuns() {}

  static PlannedRun run(String experiment, long seed) {
    ExperimentConfig config =
        new ExperimentFiles(List.of())
            .read(Path.of("experiments/think-add.yaml"), List.of("seed=" + seed));
    return new PlannedRun(experiment, config, "hash", seed == 2);
  }

  static RunOutcome ended(PlannedRun run, int exitCode, double seconds) {
    return new RunOutcome(run, exitCode, Path.of("log"), seconds);
  }
}
