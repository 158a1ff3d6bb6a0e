package org.grpo4j.experiment.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** The same with another seed and no trace. */
  PlannedRun withSeed(long seed) {
    return new PlannedRun(experiment, config.withSeed(seed), configHash, false);
  }

  /** The configuration and the seed: a run of another experiment with the same is the same run. */
  String key() {
    return key(configHash, seed());
  }

  /** The same of the run with this configuration and seed. */
  static String key(String configHash, long seed) {
    return configHash + " " + seed;
  }

  /**
   * A file name for it, such as {@code Dr.-GRPO__3__bc498a3d}: sweeps that go on at the same time
   * in one directory may have experiments of the same name.
   */
  public String fileName() {
    String hash = configHash.substring(0, Math.min(HASH_CHARACTERS, configHash.length()));
    return experiment.replaceAll("[^A-Za-z0-9.-]+", "-") + "__" + seed() + "__" + hash;
  }

  /**
   * The arguments that let the program make a run.
   *
   * @param file where its configuration is
   * @param runs the directory it is made in
   * @param isTraced whether it keeps its trace
   */
  public static List<String> arguments(Path file, Path runs, boolean isTraced) {
    List<String> arguments =
        new ArrayList<>(List.of("train", file.toString(), "--out", runs.toString(), "--quiet"));
    if (!isTraced) {
      // Hundreds of runs are compared by their metrics; one of each experiment can be looked into.
      arguments.addAll(List.of("--set", "trace.groups=0"));
    }
    return arguments;
  }
}
