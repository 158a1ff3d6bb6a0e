package org.grpo4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.report.Table;
import org.grpo4j.verify.CaseResult;
import org.grpo4j.verify.Verifier;
import org.grpo4j.verify.VerifyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code verify}: does the library compute what golden vectors say? */
@Command(
    name = "verify",
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
final class VerifyCommand extends Subcommand {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of golden vectors (JSON).")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() {
    VerifyReport report = new Verifier().verify(files);
    Output output = new Output(report.total(), report.byKind(), notPassed(report));
    print(() -> Json.tree(output), () -> text(report));
    return report.total().failed() > 0 ? ExitCode.CHECK_FAILED : ExitCode.OK;
  }

  private static String text(VerifyReport report) {
    Table table = new Table().row("kind", "passed", "failed", "unsupported");
    report.byKind().forEach((kind, counts) -> addRow(table, kind, counts));
    addRow(table, "all", report.total());
    StringBuilder text = new StringBuilder(table.toString());
    for (CaseResult result : notPassed(report)) {
      text.append("\n%s: %s: %s".formatted(name(result), result.file(), result.name()));
      result.details().forEach(detail -> text.append("\n    ").append(detail));
    }
    return text.toString();
  }

  private static void addRow(Table table, String name, VerifyReport.Counts counts) {
    table.row(name, counts.passed() + "", counts.failed() + "", counts.unsupported() + "");
  }

  private static List<CaseResult> notPassed(VerifyReport report) {
    return report.results().stream()
        .filter(result -> result.outcome() != CaseResult.Outcome.PASSED)
        .toList();
  }

  /** The value that {@code --json} prints. */
  private record Output(
      VerifyReport.Counts total,
      Map<String, VerifyReport.Counts> kinds,
      List<CaseResult> notPassed) {}

  private static String name(CaseResult result) {
    return result.outcome().name().toLowerCase(Locale.ROOT);
  }
}
