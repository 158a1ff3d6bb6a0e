package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.RunReport;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.report.LearningCurve;
import org.grpo4j.report.page.ReportPage;

/** What every training ends with: pictures, the report, and what is printed. */
final class TrainingEnd {

  private TrainingEnd() {}

  /** Writes and prints it; returns the exit code. */
  static int show(Console console, RunSummary run, boolean json) throws IOException {
    LearningCurve.write(run.directory());
    ReportPage.write(List.of(run.directory()), run.directory().report());
    console.answers(
        json
            ? Files.readString(run.directory().summary()).stripTrailing()
            : new RunReport(run).toString());
    return run.status() == RunSummary.Status.INTERRUPTED ? ExitCode.INTERRUPTED : ExitCode.OK;
  }
}
