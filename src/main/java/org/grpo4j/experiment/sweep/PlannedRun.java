package org.grpo4j.experiment.sweep;

import org.grpo4j.experiment.ExperimentConfig;

/**
 * One run to be made.
 *
 * @param experiment what the comparison calls the experiment
 * @param config everything that decides how it goes, its seed included
 * @param configHash hash of the configuration without its seed
 */
public record PlannedRun(String experiment, ExperimentConfig config, String configHash) {

  /** The run's seed. */
  public long seed() {
    return config.seed();
  }

  /** A file name for it: {@code Dr.-GRPO__3}. */
  String fileName() {
    return experiment.replaceAll("[^A-Za-z0-9.-]+", "-") + "__" + seed();
  }
}
