package org.grpo4j.cli;

import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.sweep.SweepEngine;

/** The option {@code --spark MASTER}. */
final class SparkOption {

  private static final Pattern MASTER =
      Pattern.compile("local\\[([1-9]\\d{0,2}|\\*)]|spark://\\S+:\\d+");

  private SparkOption() {}

  /**
   * The number of runs that go on at a time.
   *
   * @param jobs what {@code --jobs} says
   */
  static int jobs(String master, int jobs) {
    Matcher matcher = MASTER.matcher(master);
    if (!matcher.matches()) {
      throw new UsageException(
          "--spark: must be local[N], local[*] or spark://HOST:PORT, got " + master);
    }
    String threads = matcher.group(1);
    if (threads == null) {
      return jobs;
    }
    int all =
        threads.equals("*")
            ? Runtime.getRuntime().availableProcessors()
            : Integer.parseInt(threads);
    if (jobs > 1 && jobs != all) {
      throw new UsageException(
          "--jobs: --spark %s says how many runs are made at a time: leave it out"
              .formatted(master));
    }
    return all;
  }

  /** The engine at {@code master}, if this build has it. */
  static SweepEngine engine(String master, int jobs, List<String> last) {
    return ServiceLoader.load(SweepEngine.Provider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--spark: Apache Spark is not in this build\n"
                        + "  Fetch it once: ./mvnw -B -Dquick -Pspark package, then ./grpo4j as"
                        + " before; see docs/sweeps.md."))
        .at(master, jobs, last);
  }
}
