package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.cli.progress.SweepDisplay;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.comparison.Measure;
import org.grpo4j.experiment.limits.Limits;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.sweep.ComparisonJob;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.grpo4j.experiment.sweep.PlannedRun;
import org.grpo4j.experiment.sweep.ProcessSweep;
import org.grpo4j.experiment.sweep.SeedList;
import org.grpo4j.experiment.sweep.SweepEngine;
import org.grpo4j.experiment.sweep.SweepEntry;
import org.grpo4j.experiment.sweep.SweepEvent;
import org.grpo4j.report.comparison.ComparisonJson;
import org.grpo4j.report.comparison.ComparisonReport;
import org.grpo4j.report.comparison.ComparisonText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The base of {@code compare} and {@code experiment}: many runs, and their comparison. */
abstract class SweepCommand extends OpeningCommand {

  private static final int MOST_JOBS = 1024;

  @Option(
      names = "--seeds",
      paramLabel = "LIST",
      description = "Seeds of every experiment, such as 1-10 or 1,2,5-8.")
  private @Nullable String seeds;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Runs at a time, each in a process of its own with one worker. Default: 1.")
  private int jobs = 1;

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description = {
        "Make the runs as tasks of Apache Spark instead: local[N] or local[*] in this",
        "process, spark://HOST:PORT on a cluster, of which --jobs cores are taken.",
        "Needs a build of its own; see docs/sweeps.md."
      })
  private @Nullable String spark;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where runs are looked for and made. Default: runs.")
  private Path runs = Path.of("runs");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where page, tables and plots go. Default: comparisons/NAME among the runs.")
  private @Nullable Path out;

  @Mixin private LimitOptions limits = new LimitOptions();

  @Option(names = "--fresh", description = "Make every run again, also those that exist.")
  private boolean fresh;

  /** The seeds, or these if none were given. */
  private List<Long> seeds(String otherwise) {
    try {
      return SeedList.parse(seeds == null ? otherwise : seeds);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage());
    }
  }

  /** The settings, and on top: runs that share the machine take one worker each. */
  List<String> settings(List<String> given) {
    List<String> settings = new ArrayList<>(given);
    settings.addAll(jobs > 1 || spark != null ? List.of("workers=1") : List.of());
    return settings;
  }

  /** Refuses what cannot be. */
  void check() {
    UsageException.unlessWithin("--jobs", jobs, 1, MOST_JOBS);
    if (spark != null) {
      jobs = SparkOption.jobs(spark, jobs);
    }
    for (Path directory : out == null ? List.of(runs) : List.of(runs, out)) {
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw new UsageException("must be a directory, got the file " + directory);
      }
    }
  }

  /** The job with the options that were given. */
  ComparisonJob job(
      String title, List<SweepEntry> entries, String otherwise, List<Measure> measures) {
    return new ComparisonJob(title, entries, seeds(otherwise), measures, runs, jobs, fresh);
  }

  /** The variants of a definition, each in a run of every seed. */
  List<SweepEntry> entries(
      ExperimentDefinition wanted, List<ExperimentDefinition.Variant> variants, Path file) {
    List<SweepEntry> entries = new ArrayList<>();
    for (ExperimentDefinition.Variant variant : variants) {
      List<String> settings = settings(wanted.settings(variant));
      entries.add(new SweepEntry(variant.name(), wanted.baseFile(file, variant), settings));
    }
    return entries;
  }

  /** Does the job with progress on standard error. */
  ComparisonJob.Result run(ComparisonJob job) throws IOException {
    Path library = ExperimentFiles.library();
    ExperimentFiles files = new ExperimentFiles(List.of(library), classes());
    List<String> last = new ArrayList<>(classpath());
    last.addAll(List.of("--hours", limits.hours + ""));
    SweepEngine engine =
        spark != null
            ? SparkOption.engine(spark, jobs, last)
            : ProcessSweep.engine(
                JavaCommand.ofThisProcess(Main.class.getName()).endingWith(last), jobs);
    try (SweepDisplay display = new SweepDisplay(console(), quiet, job.jobs())) {
      return job.run(
          files,
          engine,
          stop(),
          event -> {
            if (event instanceof SweepEvent.Planned planned) {
              check(planned.missing());
            }
            display.show(event);
          });
    }
  }

  /** Each run must fit into a process like this one, and all together into the time. */
  private void check(List<PlannedRun> missing) {
    Map<String, Limits> known = new HashMap<>();
    double seconds = 0;
    Optional<Limits> largest = Optional.empty();
    for (PlannedRun run : missing) {
      Limits one = known.computeIfAbsent(run.configHash(), hash -> Limits.ofTraining(run.config()));
      seconds += one.seconds() / jobs;
      largest = largest.filter(most -> most.heap() >= one.heap()).or(() -> Optional.of(one));
    }
    double all = seconds;
    largest.ifPresent(one -> limits.check(this, new Limits(one.needs(), all)));
  }

  /** Says why there is nothing to show, and returns the exit code for it. */
  int withoutComparison(ComparisonJob.Result result) {
    if (result.interrupted()) {
      console().note("interrupted; finished runs are kept, the same command makes the others");
      return ExitCode.INTERRUPTED;
    }
    console()
        .error(
            Figures.count(result.failures().size(), "run")
                + " failed and some experiment has none; the logs are named above");
    return ExitCode.CHECK_FAILED;
  }

  /** Writes the files, by default among the runs under this name, and prints the result. */
  void show(ComparisonReport report, String name) throws IOException {
    Path page = write(report, name);
    if (json) {
      console().result(ComparisonJson.of(report).toPrettyString());
      return;
    }
    console().result(ComparisonText.of(report).stripTrailing());
    note("Page, tables and plots: " + page);
  }

  /** Writes the files, by default among the runs under this name; returns the page. */
  Path write(ComparisonReport report, String name) throws IOException {
    Path directory = out != null ? out : runs.resolve("comparisons").resolve(name);
    report.write(directory);
    return directory.resolve(ComparisonReport.PAGE);
  }
}
