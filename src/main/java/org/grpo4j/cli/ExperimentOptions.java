package org.grpo4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which experiment, with which changes. */
final class ExperimentOptions {

  private static final String MAIN_JOB = "think-add.yaml";

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPERIMENT.yaml",
      description = {
        "Experiment file, or the name of one in experiments/.",
        "Default: experiments/think-add.yaml, the main job."
      })
  @Nullable Path experiment;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random in the run.")
  @Nullable Long seed;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting, such as train.group_size=16; may be repeated.")
  List<String> settings = new ArrayList<>();

  /** The project's directory, as the launcher tells. */
  static Path home() {
    return Path.of(System.getProperty("grpo4j.home", ""));
  }

  /** Reads the experiment and applies the changes. */
  ExperimentConfig read() {
    List<String> overrides = new ArrayList<>(settings);
    if (seed != null) {
      overrides.add("seed=" + seed);
    }
    Path library = home().resolve("experiments");
    return new ExperimentFiles(List.of(library)).read(file(library), overrides);
  }

  private Path file(Path library) {
    return experiment == null ? library.resolve(MAIN_JOB) : locate(experiment);
  }

  /** The file of this path, or of this name in {@code experiments/}. */
  static Path locate(Path experiment) {
    Path library = home().resolve("experiments");
    if (!Files.exists(experiment) && experiment.getNameCount() == 1) {
      for (String name : List.of(experiment.toString(), experiment + ".yaml")) {
        if (Files.exists(library.resolve(name))) {
          return library.resolve(name);
        }
      }
    }
    return experiment;
  }
}
