package org.grpo4j.experiment.sweep;

import org.grpo4j.experiment.ExperimentConfig;

/**
 * One run to be made.
 *
 * @param experiment what the comparison calls the experiment
 * @param config everything that decides how it goes, its seed included
 * @param configHash hash of the configuration without its seed
 * @param isTraced whether it keeps the trace its configuration asks for
 */
public record PlannedRun(
    String experiment, ExperimentConfig config, String configHash, boolean isTraced) {

  private static final int HASH_CHARACTERS = 8;

  /** The run's seed. */
  public long seed() {
    return config.seed();
  }

  /** The configuration and the seed: a run of another experiment with the same is the same run. */
  String key() {
    return configHash + " " + seed();
  }

  /**
   * A file name for it, such as {@code Dr.-GRPO__3__bc498a3d}: sweeps that go on at the same time
   * in one directory may have experiments of the same name.
   */
  String fileName() {
    String hash = configHash.substring(0, Math.min(HASH_CHARACTERS, configHash.length()));
    return experiment.replaceAll("[^A-Za-z0-9.-]+", "-") + "__" + seed() + "__" + hash;
  }
}
