package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.grpo4j.cli.progress.SweepDisplay;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.sweep.ComparisonJob;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.grpo4j.report.comparison.ComparisonJson;
import org.grpo4j.report.comparison.ComparisonReport;
import org.grpo4j.report.comparison.ComparisonText;

/** What {@code compare} and {@code experiment} have in common. */
final class SweepRunner {

  private final Console console;
  private final BooleanSupplier stopRequested;
  private final ClasspathOptions common;

  SweepRunner(Console console, BooleanSupplier stopRequested, ClasspathOptions common) {
    this.console = console;
    this.stopRequested = stopRequested;
    this.common = common;
  }

  /** Does the job with progress on standard error. */
  ComparisonJob.Result run(ComparisonJob job) throws IOException {
    ExperimentFiles files =
        new ExperimentFiles(
            List.of(ExperimentOptions.home().resolve("experiments")), common.classes());
    JavaCommand command =
        JavaCommand.ofThisProcess(Main.class.getName()).endingWith(common.classpath());
    try (SweepDisplay display = new SweepDisplay(console, common.quiet, job.jobs())) {
      return job.run(files, command, stopRequested, display::show);
    }
  }

  /** Says why there is nothing to show, and returns the exit code for it. */
  int withoutComparison(ComparisonJob.Result result) {
    if (result.interrupted()) {
      console.note("interrupted; finished runs are kept, the same command goes on with the others");
      return ExitCode.INTERRUPTED;
    }
    console.error(
        result.failures().size()
            + " runs failed and some experiment has none; the logs are named above");
    return ExitCode.CHECK_FAILED;
  }

  /** Writes the files and prints the result. */
  void show(ComparisonReport report, Path out) throws IOException {
    report.write(out);
    if (common.json) {
      console.result(ComparisonJson.of(report).toPrettyString());
      return;
    }
    console.result(ComparisonText.of(report).stripTrailing());
    if (!common.quiet) {
      console.note("Page, tables and plots: " + out.resolve(ComparisonReport.PAGE));
    }
  }
}
