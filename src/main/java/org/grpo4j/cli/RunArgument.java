package org.grpo4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.grpo4j.experiment.config.OutsideClasses;
import org.grpo4j.experiment.files.RunDirectory;

/** A run directory given on the command line. */
final class RunArgument {

  /** For {@code --help}. */
  static final String DESCRIPTION = "A run directory, or \"last\" for the newest in runs.";

  private static final Path LAST = Path.of("last");
  private static final Path RUNS = Path.of("runs");

  private RunArgument() {}

  /** Opens it; a mistake is one of usage. */
  static RunDirectory open(Path path, OutsideClasses classes) {
    try {
      Path run = path.equals(LAST) && !Files.exists(LAST) ? newest() : path;
      return RunDirectory.open(run, classes);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The run of {@code runs} that began last, by the time in its name. */
  private static Path newest() {
    if (Files.isDirectory(RUNS)) {
      try (Stream<Path> entries = Files.list(RUNS)) {
        return entries
            .filter(entry -> Files.exists(entry.resolve("config.yaml")))
            .max(Comparator.comparing(RunArgument::begun).thenComparing(Path::toString))
            .orElseThrow(RunArgument::none);
      } catch (IOException e) {
        throw new UncheckedIOException(RUNS + ": cannot be read", e);
      }
    }
    throw none();
  }

  private static UsageException none() {
    return new UsageException("run: last: there is no run in " + RUNS + " yet; train makes one");
  }

  private static String begun(Path run) {
    String name = String.valueOf(run.getFileName());
    return name.substring(name.lastIndexOf("__") + 1);
  }
}
