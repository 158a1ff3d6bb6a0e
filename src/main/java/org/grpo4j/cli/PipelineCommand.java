package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.experiment.recorded.SeedTable;
import org.grpo4j.experiment.sweep.ComparisonJob;
import org.grpo4j.report.comparison.ComparisonReport;
import org.grpo4j.report.comparison.StageTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline}: the stages of a definition one after the other, such as R1's. */
@Command(
    name = "pipeline",
    description = {
      "Makes the stages of a definition, such as those of DeepSeek-R1.",
      "Each is a run that can begin with what earlier ones have made.",
      "Without a name: R1 in miniature."
    },
    footer = {
      "",
      "A stage that is finished is not made again, one that was interrupted goes on:",
      "after Ctrl-C give the same command. A stage names the runs it begins with by",
      "the hash of their configuration: if a setting changes, the stage and all that",
      "begin with it are made anew. For many seeds and a record: experiment.",
      "",
      "Examples:",
      "  grpo4j pipeline",
      "  grpo4j pipeline e8-r1-pipeline --until SFT"
    })
final class PipelineCommand extends SweepCommand {

  private static final String R1 = "r1";

  @Parameters(
      arity = "0..1",
      paramLabel = "DEFINITION",
      description = {
        "Definition file, or the name of one in experiments/ or experiments/recorded/.",
        "Default: experiments/r1.yaml."
      })
  private String definition = R1;

  @Option(
      names = "--until",
      paramLabel = "STAGE",
      description = "The last stage to make; those after it are left out.")
  private @Nullable String until;

  @Override
  public Integer call() throws IOException {
    check();
    Path file = ExperimentCommand.locate(definition);
    ExperimentDefinition wanted = ExperimentDefinition.read(file);
    List<ExperimentDefinition.Variant> stages = stages(wanted);
    ComparisonJob.Result result =
        run(job(wanted.question(), entries(wanted, stages, file), "1", wanted.allMeasures()));
    if (result.comparison().isEmpty()) {
      return withoutComparison(result);
    }
    Comparison comparison = result.comparison().get();
    List<BandResult> bands =
        until == null ? wanted.check(SeedTable.of(comparison)) : List.<BandResult>of();
    ComparisonReport report =
        new ComparisonReport(comparison, result.failures(), bands, result.notes());
    if (json) {
      show(report, wanted.name());
    } else {
      RecordedResult made = RecordedResult.of(wanted.name(), Instant.now().toString(), comparison);
      console().result(StageTable.of(wanted, made).toString().stripTrailing());
      note("Page, tables and plots: " + write(report, wanted.name()));
    }
    return result.failures().isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private List<ExperimentDefinition.Variant> stages(ExperimentDefinition wanted) {
    List<ExperimentDefinition.Variant> stages = new ArrayList<>();
    for (ExperimentDefinition.Variant stage : wanted.variants()) {
      stages.add(stage);
      if (stage.name().equals(until)) {
        return stages;
      }
    }
    if (until != null) {
      List<String> names = stages.stream().map(ExperimentDefinition.Variant::name).toList();
      throw new UsageException("--until: must be one of " + String.join(", ", names));
    }
    return stages;
  }
}
