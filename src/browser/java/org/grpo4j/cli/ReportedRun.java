package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.trace.TraceReader;

/**
 * A real short run with its report, as {@code train} leaves it.
 *
 * @param directory of the run
 * @param config its settings
 * @param trace its trace
 */
record ReportedRun(Path directory, ExperimentConfig config, TraceReader trace) {

  /** Trains {@code experiment} for a few updates; the settings given come last and win. */
  static ReportedRun train(Path runs, Path experiment, int updates, String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", experiment.toString(), "--quiet", "--out", runs.toString()));
    List<String> all = new ArrayList<>(List.of("cold_start.steps=400"));
    all.add("train.updates=" + updates);
    all.add("evaluation.every=2");
    all.add("evaluation.problems=64");
    all.addAll(List.of(settings));
    for (String setting : all) {
      arguments.add("--set");
      arguments.add(setting);
    }
    Cli train = Cli.run(arguments.toArray(String[]::new));
    assertEquals(0, train.exitCode(), train.err());
    return open(newest(runs));
  }

  /** The main job, whole. */
  static ReportedRun trainDefault(Path runs) {
    Cli train = Cli.run("train", "--quiet", "--out", runs.toString());
    assertEquals(0, train.exitCode(), train.err());
    return open(newest(runs));
  }

  static ReportedRun open(Path directory) {
    try {
      return new ReportedRun(
          directory,
          RunDirectory.open(directory).readConfig(),
          TraceReader.open(RunDirectory.open(directory)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page that {@code train} wrote. */
  Path report() {
    return directory.resolve("report.html");
  }

  private static Path newest(Path runs) {
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(path -> Files.isRegularFile(path.resolve("summary.json")))
          .max((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
