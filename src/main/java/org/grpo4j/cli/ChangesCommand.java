package org.grpo4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.ParameterChange;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.run.CheckpointChange;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.ParameterMatrix;
import org.grpo4j.policy.Unchanged;
import org.grpo4j.policy.Workers;
import org.grpo4j.report.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code changes}: which parameters training has left as they were. */
@Command(
    name = "changes",
    description = {
      "Shows which parameters the updates of a run left unchanged.",
      "With two runs: what lies between the policies that they ended with."
    },
    footer = {
      "",
      "Shares of unchanged parameters, by what counts as unchanged: the same bits;",
      "equal after rounding to bfloat16; a change of at most 1e-5; one of at most",
      "1e-3 of the value, which is less than bfloat16 can tell. Rank: of the change",
      "of a matrix, and the largest there can be.",
      "",
      "This sparsity, few parameters that change, is not that of a mixture of",
      "experts, few parameters that a token meets.",
      "",
      "Examples:",
      "  grpo4j changes last",
      "  grpo4j changes last --json"
    })
final class ChangesCommand extends OpeningCommand {

  @Parameters(index = "0", paramLabel = "RUN", description = RUN)
  private Path run = Path.of("");

  @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = "Another run.")
  private @Nullable Path other;

  @Override
  public Integer call() {
    RunDirectory directory = open(run);
    try (Workers workers = new Workers(1)) {
      ParameterChange change = change(directory, workers);
      console().answers(result(() -> json(change), () -> text(change)));
    }
    return ExitCode.OK;
  }

  private ParameterChange change(RunDirectory directory, Workers workers) {
    try {
      return other == null
          ? CheckpointChange.ofUpdates(directory, directory.readConfig().model(), workers)
          : CheckpointChange.between(directory, open(other), workers);
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static String name(Unchanged reading) {
    return reading.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode json(ParameterChange change) {
    ObjectNode result = Json.object();
    ObjectNode all = result.putObject("all").put("parameters", change.before().size());
    for (Unchanged reading : Unchanged.values()) {
      all.put(name(reading), change.share(reading));
    }
    for (ParameterMatrix matrix : change.matrices()) {
      ParameterBlock block = matrix.block();
      ObjectNode one = result.putObject(block.name()).put("parameters", block.size());
      for (Unchanged reading : Unchanged.values()) {
        one.put(name(reading), change.share(block, reading));
      }
      change
          .rank(matrix)
          .ifPresent(rank -> one.put("rank", rank).put("full_rank", matrix.fullRank()));
    }
    return result;
  }

  private static String text(ParameterChange change) {
    Table table = new Table();
    List<String> head = new ArrayList<>(List.of("unchanged", "parameters"));
    List<String> all = new ArrayList<>(List.of("all", Figures.count(change.before().size())));
    for (Unchanged reading : Unchanged.values()) {
      head.add(name(reading));
      all.add(Figures.share(change.share(reading)));
    }
    head.add("rank");
    table.row(head);
    for (ParameterMatrix matrix : change.matrices()) {
      ParameterBlock block = matrix.block();
      List<String> row = new ArrayList<>(List.of(block.name(), Figures.count(block.size())));
      for (Unchanged reading : Unchanged.values()) {
        row.add(Figures.share(change.share(block, reading)));
      }
      OptionalInt rank = change.rank(matrix);
      row.add(rank.isPresent() ? rank.getAsInt() + " of " + matrix.fullRank() : "");
      table.row(row);
    }
    all.add("");
    return table.row(all).toString();
  }
}
