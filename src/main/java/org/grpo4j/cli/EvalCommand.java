package org.grpo4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.SummaryFile;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.report.Table;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.evaluation.Evaluation;
import org.grpo4j.train.evaluation.EvaluationSettings;
import org.grpo4j.train.evaluation.Evaluator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eval}: how good is the policy of a run's last checkpoint? */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the accuracy of a run's policy on held-out problems.",
      "The policy is that of the last checkpoint."
    },
    footer = {
      "",
      "The greedy accuracy has a 95 %% Wilson interval. pass@k is the share of problems",
      "of which at least one of k samples is right, maj@k of which the most frequent",
      "answer of k samples is.",
      "",
      "Examples:",
      "  grpo4j eval last",
      "  grpo4j eval last --samples 64 --json"
    })
final class EvalCommand implements Callable<Integer> {

  private static final int MOST_SAMPLES = 4096;

  private final Console console;

  @Parameters(paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private Path run = Path.of("");

  @Option(
      names = "--samples",
      paramLabel = "K",
      description = "Completions sampled for each problem. Default: as in the run.")
  private @Nullable Integer samples;

  @Mixin private ClasspathOptions common = new ClasspathOptions();

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    RunDirectory directory = RunArgument.open(run, common.classes());
    ExperimentConfig config = directory.readConfig();
    Checkpoints.Checkpoint checkpoint = lastCheckpoint(directory);
    TaskSource task = config.task().make();
    try (Workers workers = new Workers(config.workerCount());
        Policy policy = config.model().restore(checkpoint.directory(), workers)) {
      Evaluator evaluator =
          new Evaluator(
              task,
              evaluation(config),
              config.train().temperature(),
              new RandomStreams(config.seed()),
              workers);
      Evaluation evaluation = evaluator.evaluate(policy);
      console.answers(common.json ? json(checkpoint, evaluation) : text(checkpoint, evaluation));
    }
    return ExitCode.OK;
  }

  private static Checkpoints.Checkpoint lastCheckpoint(RunDirectory directory) {
    try {
      return new Checkpoints(directory)
          .last()
          .orElseThrow(
              () ->
                  new UsageException(
                      directory + ": has no checkpoint yet\n  Wait for one, or train again."));
    } catch (IOException e) {
      throw new UsageException("damaged checkpoint: " + e.getMessage() + "\n  Train again.");
    }
  }

  private EvaluationSettings evaluation(ExperimentConfig config) {
    if (samples == null) {
      return config.evaluation();
    }
    if (samples < 1 || samples > MOST_SAMPLES) {
      throw new UsageException(
          "--samples: must be at least 1 and at most " + MOST_SAMPLES + ", got " + samples);
    }
    return config.evaluation().withFinalSamples(samples);
  }

  private String json(Checkpoints.Checkpoint checkpoint, Evaluation evaluation) {
    ObjectNode result = Json.object();
    result.put("run", run.toString());
    result.put("updates_done", checkpoint.updatesDone());
    SummaryFile.putEvaluation(result, "eval", evaluation);
    return Json.pretty(result).stripTrailing();
  }

  private String text(Checkpoints.Checkpoint checkpoint, Evaluation evaluation) {
    String problems = evaluation.heldOut() ? " held-out problems" : " problems";
    Table table = new Table();
    table.row("updates", String.valueOf(checkpoint.updatesDone()));
    table.row(
        "greedy accuracy",
        Figures.share(evaluation.greedyAccuracy().value(), evaluation.greedyAccuracy().interval()),
        "n = " + evaluation.greedyAccuracy().n() + problems);
    table.row("mean length", Figures.decimals(evaluation.meanLength()), "tokens, greedy");
    evaluation
        .sampled()
        .ifPresent(
            sampled -> {
              String remark =
                  "n = "
                      + sampled.problems()
                      + problems
                      + ", "
                      + sampled.samples()
                      + " samples each";
              for (Evaluation.AtK score : sampled.passAtK()) {
                table.row(
                    "pass@" + score.k(), Figures.share(score.value(), score.interval()), remark);
              }
              for (Evaluation.AtK score : sampled.majorityAtK()) {
                table.row(
                    "maj@" + score.k(), Figures.share(score.value(), score.interval()), remark);
              }
            });
    for (Evaluation.Example example : evaluation.examples()) {
      table.row(
          example.problem().prompt(),
          example.completion().text() + (example.completion().truncated() ? "..." : ""),
          example.correct() ? "right" : "wrong");
    }
    return table.toString().stripTrailing();
  }
}
