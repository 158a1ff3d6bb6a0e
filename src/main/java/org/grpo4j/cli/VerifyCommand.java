package org.grpo4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.report.Table;
import org.grpo4j.verify.CaseResult;
import org.grpo4j.verify.InvalidVectorFileException;
import org.grpo4j.verify.Verifier;
import org.grpo4j.verify.VerifyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code verify}: does the library compute what golden vectors say? */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the algorithm's classes with files of reference numbers.",
      "Advantages, losses, derivatives and metrics of golden vectors."
    },
    footer = {
      "",
      "Prints how many cases of each kind passed, failed or are not supported, and",
      "names those that did not pass. Exit code 4 if one failed.",
      "",
      "Examples:",
      "  grpo4j verify src/test/resources/golden/*.json",
      "  grpo4j verify --json src/test/resources/golden/advantages.json"
    })
final class VerifyCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of golden vectors (JSON).")
  private List<Path> files = new ArrayList<>();

  @Mixin private CommonOptions common = new CommonOptions();

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    VerifyReport report;
    try {
      report = new Verifier().verify(files);
    } catch (InvalidVectorFileException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    console.result(common.json ? json(report) : text(report));
    return report.total().failed() > 0 ? ExitCode.CHECK_FAILED : ExitCode.OK;
  }

  private static String text(VerifyReport report) {
    Table table = new Table().row("kind", "passed", "failed", "unsupported");
    for (Map.Entry<String, VerifyReport.Counts> kind : report.byKind().entrySet()) {
      addRow(table, kind.getKey(), kind.getValue());
    }
    addRow(table, "all", report.total());
    StringBuilder text = new StringBuilder(table.toString());
    for (CaseResult result : report.results()) {
      if (result.outcome() != CaseResult.Outcome.PASSED) {
        text.append('\n').append(name(result.outcome())).append(": ").append(result.file());
        text.append(": ").append(result.name());
        for (String detail : result.details()) {
          text.append("\n    ").append(detail);
        }
      }
    }
    return text.toString().stripTrailing();
  }

  private static void addRow(Table table, String name, VerifyReport.Counts counts) {
    table.row(
        name,
        String.valueOf(counts.passed()),
        String.valueOf(counts.failed()),
        String.valueOf(counts.unsupported()));
  }

  /** What {@code --json} prints. */
  private record Output(
      VerifyReport.Counts total,
      Map<String, VerifyReport.Counts> kinds,
      List<CaseResult> notPassed) {}

  private static String json(VerifyReport report) {
    List<CaseResult> notPassed =
        report.results().stream().filter(r -> r.outcome() != CaseResult.Outcome.PASSED).toList();
    return Json.pretty(Json.tree(new Output(report.total(), report.byKind(), notPassed)))
        .stripTrailing();
  }

  private static String name(CaseResult.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
