package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.OutsideClasses;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that name an experiment and change its settings. */
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

  /**
   * Reads the experiment and applies the changes.
   *
   * @param classes where classes are that it names
   */
  ExperimentConfig read(OutsideClasses classes) {
    List<String> overrides = new ArrayList<>(settings);
    if (seed != null) {
      overrides.add("seed=" + seed);
    }
    Path library = ExperimentFiles.library();
    return new ExperimentFiles(List.of(library), classes).read(file(library), overrides);
  }

  private Path file(Path library) {
    return experiment == null ? library.resolve(MAIN_JOB) : locate(experiment);
  }

  /**
   * The file of this path, or of this name in {@code experiments/}.
   *
   * @throws UsageException if there is none; it lists the names there are
   */
  static Path locate(Path experiment) {
    Path library = ExperimentFiles.library();
    if (Files.exists(experiment)) {
      return experiment;
    }
    for (String name : List.of(experiment.toString(), experiment + ".yaml")) {
      if (experiment.getNameCount() == 1 && Files.exists(library.resolve(name))) {
        return library.resolve(name);
      }
    }
    throw new UsageException(
        "%s: there is no such file\n  %s has: %s"
            .formatted(experiment, library, String.join(", ", names(library))));
  }

  private static List<String> names(Path library) {
    try (Stream<Path> files = Files.list(library)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.replaceFirst("\\.yaml$", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
