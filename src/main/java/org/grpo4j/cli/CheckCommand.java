package org.grpo4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.files.FileCheck;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunCheck;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check}: whether the files of a run are as the run wrote them. */
@Command(
    name = "check",
    description = {
      "Checks every file of a run against the run's ledger, line by line.",
      "Each is whole, cut, changed, missing or foreign; the first such line is named."
          + " Exit code 4 unless all are good."
    },
    footer = {
      "",
      "To edit a file of a run on purpose, edit it and accept it as it is: the ledger",
      "remembers that, and check, report and resuming say so ever after.",
      "",
      "Examples:",
      "  grpo4j check last",
      "  grpo4j check last --accept completions.jsonl"
    })
final class CheckCommand extends OpeningCommand {

  @Parameters(paramLabel = "RUN", description = RUN)
  private Path run = Path.of("");

  @Option(
      names = "--accept",
      paramLabel = "FILE",
      description = {
        "Accept this file as it is, or that it is gone; may be repeated.",
        "ledger.jsonl begins a new ledger with everything that is there."
      })
  private List<String> accepted = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    RunDirectory directory = open(run);
    for (String file : accepted) {
      for (String name : UsageException.of(() -> RunCheck.accept(directory, file))) {
        note("accepted: " + name);
      }
    }
    List<FileCheck> checks = RunCheck.of(directory);
    print(() -> json(directory, checks), () -> text(directory, checks));
    boolean good = checks.stream().allMatch(check -> check.state().isGood());
    return good ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private static ObjectNode json(RunDirectory run, List<FileCheck> checks) {
    ObjectNode json = Json.object().put("run", run.toString());
    ArrayNode files = json.putArray("files");
    checks.forEach(check -> files.add(Json.tree(check)));
    return json;
  }

  private static String text(RunDirectory run, List<FileCheck> checks) {
    Table table = new Table();
    checks.forEach(check -> table.row(check.file(), check.words()));
    return run + "\n" + table;
  }
}
