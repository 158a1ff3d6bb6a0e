package org.grpo4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.SummaryFile;
import org.grpo4j.experiment.limits.Limits;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.metric.Proportion;
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

/** {@code eval}: the accuracy of the policy of a run's last checkpoint. */
@Command(
    name = "eval",
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
final class EvalCommand extends OpeningCommand {

  private static final int MOST_SAMPLES = 4096;

  @Parameters(paramLabel = "RUN", description = RUN)
  private Path run = Path.of("");

  @Mixin private LimitOptions limits = new LimitOptions();

  @Option(
      names = "--samples",
      paramLabel = "K",
      description = "Completions sampled for each problem. Default: as in the run.")
  private @Nullable Integer samples;

  @Override
  public Integer call() throws IOException {
    RunDirectory directory = open(run);
    ExperimentConfig config = directory.readConfig();
    Checkpoints.Checkpoint checkpoint = lastCheckpoint(directory);
    EvaluationSettings settings = settings(config.evaluation());
    limits.check(this, Limits.ofEvaluation(config, settings));
    TaskSource task = config.task().make();
    try (Workers workers = new Workers(config.workerCount());
        Policy policy = config.model().restore(checkpoint.directory(), workers)) {
      RandomStreams random = new RandomStreams(config.seed());
      double temperature = config.train().temperature();
      Evaluation evaluation =
          new Evaluator(task, settings, temperature, random, workers).evaluate(policy);
      int done = checkpoint.updatesDone();
      console().answers(result(() -> json(done, evaluation), () -> text(done, evaluation)));
    }
    return ExitCode.OK;
  }

  private static Checkpoints.Checkpoint lastCheckpoint(RunDirectory directory) {
    String none = directory + ": has no checkpoint yet\n  Wait for one, or train again.";
    try {
      return new Checkpoints(directory).last().orElseThrow(() -> new UsageException(none));
    } catch (IOException e) {
      String again = "\n  To write it again from the one before: ./grpo4j train --resume ";
      throw new UsageException(e.getMessage() + again + directory);
    }
  }

  private EvaluationSettings settings(EvaluationSettings ofRun) {
    if (samples == null) {
      return ofRun;
    }
    UsageException.unlessWithin("--samples", samples, 1, MOST_SAMPLES);
    return ofRun.withFinalSamples(samples);
  }

  private ObjectNode json(int updatesDone, Evaluation evaluation) {
    ObjectNode result = Json.object();
    result.put("run", run.toString()).put("updates_done", updatesDone);
    SummaryFile.putEvaluation(result, "eval", evaluation);
    return result;
  }

  private static String text(int updatesDone, Evaluation evaluation) {
    String problem = evaluation.heldOut() ? "held-out problem" : "problem";
    Proportion greedy = evaluation.greedyAccuracy();
    Table table = new Table();
    table.row("updates", String.valueOf(updatesDone));
    table.row(
        "greedy accuracy",
        Figures.share(greedy.value(), greedy.interval()),
        "n = " + Figures.count(greedy.n(), problem));
    table.row("mean length", Figures.decimals(evaluation.meanLength()), "tokens, greedy");
    evaluation
        .shares()
        .forEach(
            (name, share) ->
                table.row(
                    name.replace('_', ' '),
                    Figures.share(share.value(), share.interval()),
                    "n = " + Figures.count(share.n(), problem)));
    evaluation.sampled().ifPresent(sampled -> addSampled(table, sampled, problem));
    for (Evaluation.Example example : evaluation.examples()) {
      table.row(
          example.problem().prompt(),
          example.completion().text() + (example.completion().truncated() ? "..." : ""),
          example.correct() ? "right" : "wrong");
    }
    return table.toString();
  }

  private static void addSampled(Table table, Evaluation.Sampled sampled, String problem) {
    String samples = Figures.count(sampled.samples(), "sample");
    String remark = "n = " + Figures.count(sampled.problems(), problem) + ", " + samples + " each";
    sampled.passAtK().forEach(score -> addScore(table, "pass@", score, remark));
    sampled.majorityAtK().forEach(score -> addScore(table, "maj@", score, remark));
    sampled
        .shares()
        .forEach(
            (name, score) ->
                table.row(
                    name,
                    Figures.share(score.value(), score.interval()),
                    "n = " + Figures.count(score.problems(), problem) + ", " + samples + " each"));
  }

  private static void addScore(Table table, String name, Evaluation.AtK score, String remark) {
    table.row(name + score.k(), Figures.share(score.value(), score.interval()), remark);
  }
}
