package org.grpo4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.grpo4j.cli.progress.ProgressDisplay;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.RunReport;
import org.grpo4j.experiment.config.OutsideClasses;
import org.grpo4j.experiment.files.RunCheck;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.experiment.run.JobEvent;
import org.grpo4j.experiment.trace.TraceReader;
import org.grpo4j.report.LearningCurve;
import org.grpo4j.report.page.ReportPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The base of the commands that read an experiment or open a run. */
abstract class OpeningCommand extends Subcommand {

  /** The help text of RUN. */
  static final String RUN = "A run directory, or \"last\" for the newest in runs.";

  private static final Path LAST = Path.of("last");
  private static final Path RUNS = Path.of("runs");

  @Option(
      names = "--classpath",
      paramLabel = "DIR",
      description =
          "A directory or jar with classes that the experiment names, such as"
              + " advantage: {class: my.Estimator}; may be repeated. See docs/extending.md.")
  private List<Path> entries = new ArrayList<>();

  private @Nullable OutsideClasses classes;

  /** The classes of {@code --classpath}. */
  OutsideClasses classes() {
    OutsideClasses known =
        classes == null ? UsageException.of(() -> OutsideClasses.of(entries)) : classes;
    classes = known;
    return known;
  }

  /** The same options for a process of this program that is started. */
  List<String> classpath() {
    return classes().entries().stream()
        .flatMap(entry -> Stream.of("--classpath", entry.toString()))
        .toList();
  }

  /** The run of this path, or the newest for {@code last}; warns of what its ledger has lost. */
  RunDirectory open(Path path) {
    Path run = path.equals(LAST) && !Files.exists(LAST) ? newest() : path;
    return UsageException.of(
        () -> {
          RunDirectory directory = RunDirectory.open(run, classes());
          RunCheck.beyondLedger(directory).ifPresent(console()::warning);
          return directory;
        });
  }

  /** The trace of a run. */
  static TraceReader trace(RunDirectory run) {
    return UsageException.of(() -> TraceReader.open(run));
  }

  /** The directory for new runs: the one that was given, or {@code runs}. */
  static Path runs(@Nullable Path given) {
    Path runs = given == null ? RUNS : given;
    if (Files.exists(runs) && !Files.isDirectory(runs)) {
      throw new UsageException("--out: must be a directory, got the file " + runs);
    }
    return runs;
  }

  /** The run of {@code runs} that began last, by the time in its name. */
  private static Path newest() {
    if (Files.isDirectory(RUNS)) {
      try (Stream<Path> entries = Files.list(RUNS)) {
        return entries
            .filter(entry -> !entry.getFileName().toString().startsWith(".")) // a draft
            .filter(entry -> Files.exists(entry.resolve("config.yaml")))
            .max(Comparator.comparing(OpeningCommand::begun).thenComparing(Path::toString))
            .orElseThrow(OpeningCommand::none);
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

  /** A training that shows its progress. */
  interface Training {

    RunSummary run(Consumer<JobEvent> listener) throws IOException;
  }

  /** Trains, writes the pictures and the page, and prints the report; returns the exit code. */
  int train(Training training) throws IOException {
    standing().goesOnWith(classpath());
    RunSummary run;
    try (ProgressDisplay display = ProgressDisplay.of(console(), quiet)) {
      run =
          training.run(
              event -> {
                standing().see(event);
                display.show(event);
              });
    }
    standing().trained();
    LearningCurve.write(run.directory());
    ReportPage.write(List.of(run.directory()), run.directory().report());
    console()
        .answers(
            json
                ? Files.readString(run.directory().summary()).stripTrailing()
                : new RunReport(run).toString());
    return run.status() == RunSummary.Status.INTERRUPTED ? ExitCode.INTERRUPTED : ExitCode.OK;
  }
}
