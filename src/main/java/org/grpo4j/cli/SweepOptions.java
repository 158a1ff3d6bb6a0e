package org.grpo4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grpo4j.experiment.sweep.SeedList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many runs, where, and how many at a time. */
final class SweepOptions {

  private static final int MOST_JOBS = 1024;

  @Option(
      names = "--seeds",
      paramLabel = "LIST",
      description = "Seeds of every experiment, such as 1-10 or 1,2,5-8.")
  @Nullable String seeds;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs at a time, each in a process of its own with one worker. Default: 1.")
  int jobs = 1;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where runs are looked for and made. Default: runs.")
  Path runs = Path.of("runs");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where page, tables and plots go. Default: comparisons/NAME among the runs.")
  @Nullable Path out;

  @Option(names = "--fresh", description = "Make every run again, also those that exist.")
  boolean fresh;

  /** The seeds, or these if none were given. */
  List<Long> seeds(String otherwise) {
    try {
      return SeedList.parse(seeds == null ? otherwise : seeds);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage());
    }
  }

  /** Where the files go. */
  Path out(String name) {
    return out != null ? out : runs.resolve("comparisons").resolve(name);
  }

  /** Settings on top of the user's: runs that share the machine take one worker each. */
  List<String> settings() {
    return jobs > 1 ? List.of("workers=1") : List.of();
  }

  /** Refuses what cannot be. */
  void check() {
    if (jobs < 1 || jobs > MOST_JOBS) {
      throw new UsageException("--jobs: must be from 1 to " + MOST_JOBS + ", got " + jobs);
    }
    for (Path directory : out == null ? List.of(runs) : List.of(runs, out)) {
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw new UsageException("must be a directory, got the file " + directory);
      }
    }
  }
}
