package org.grpo4j.experiment.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;

/** Run directories of tests that write the files themselves. */
public final class TestRuns {

  private TestRuns() {}

  /** A new run directory of the default experiment in {@code runs}, with nothing in it yet. */
  public static RunDirectory create(Path runs, String... overrides) {
    ExperimentConfig config =
        new ExperimentFiles(List.of())
            .read(Path.of("experiments/think-add.yaml"), List.of(overrides));
    return NewRunDirectory.create(
        runs, config, Json.object().put("schema", 1), Instant.EPOCH, (draft, ledger) -> {});
  }

  /** Writes a file as the run does. */
  public static void write(RunDirectory run, Path file, String text) throws IOException {
    try (Ledger ledger = Ledger.open(run)) {
      ledger.write(file, text);
    }
  }

  /** What a test has written or changed is the run's from now on. */
  public static RunDirectory accept(Path run) throws IOException {
    RunDirectory directory = RunDirectory.open(run);
    RunCheck.accept(directory, RunDirectory.LEDGER);
    return directory;
  }
}
