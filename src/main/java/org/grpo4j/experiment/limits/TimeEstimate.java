package org.grpo4j.experiment.limits;

import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.run.FlopEstimate;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.evaluation.EvaluationSettings;

/**
 * The time of a configuration: floating-point operations at a rate that a processor of today
 * reaches, and what a token costs beside them. Half or twice of it is usual.
 */
final class TimeEstimate {

  /** Operations a second of one thread: half of what the kernels reach with a default model. */
  private static final double RATE = 1e10;

  /** Seconds of a token beside products of matrices: objects, draws, scores. */
  private static final double TOKEN = 3e-6;

  private final ExperimentConfig config;
  private final TaskSource task;
  private final FlopEstimate flops;

  TimeEstimate(ExperimentConfig config, TaskSource task) {
    this.config = config;
    this.task = task;
    this.flops = FlopEstimate.of(config, task);
  }

  /** Seconds of a whole run. */
  double training() {
    double evaluations =
        config.evaluation().every() == 0
            ? 0
            : config.train().updates() / (double) config.evaluation().every();
    long examples = (long) config.coldStart().steps() * config.coldStart().batchSize();
    long tokens = examples * tokens();
    return seconds(flops.learning(examples, tokens, 1), tokens)
        + updates(config.train().updates())
        + evaluations * greedy(config.evaluation())
        + 2 * evaluation(config.evaluation());
  }

  /** Seconds of so many updates. */
  double updates(int updates) {
    long completions = (long) config.train().completions() * updates;
    UpdateTrace.Sampled totals = new UpdateTrace.Sampled(completions, completions * tokens());
    double visits = completions * tokens() * (1.0 + config.train().innerEpochs());
    return seconds(flops.training(config, totals, updates), visits);
  }

  /** Seconds of an evaluation. */
  double evaluation(EvaluationSettings settings) {
    double problems = Math.min(settings.finalProblems(), task.evaluationProblems().size());
    double rows = problems * settings.finalSamples();
    return greedy(settings) + sampling(problems, rows);
  }

  private double greedy(EvaluationSettings settings) {
    double rows = Math.min(settings.problems(), task.evaluationProblems().size());
    return sampling(rows, rows);
  }

  private double sampling(double prompts, double rows) {
    return seconds(
        flops.rollout((long) prompts, (long) rows, (long) (rows * tokens())), rows * tokens());
  }

  private long tokens() {
    return task.maxNewTokens();
  }

  private double seconds(double operations, double tokens) {
    return (operations / RATE + tokens * TOKEN) / config.workerCount();
  }
}
