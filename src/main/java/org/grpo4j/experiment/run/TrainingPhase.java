package org.grpo4j.experiment.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentNotes;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Machine;
import org.grpo4j.experiment.files.MetricsReader;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.experiment.files.SummaryFile;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.metric.Metric;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainingLoop;
import org.grpo4j.train.evaluation.Evaluation;
import org.grpo4j.train.evaluation.Evaluator;
import org.grpo4j.train.inspection.UpdateInspector;
import org.grpo4j.train.sampling.GreedyDecoder;

/**
 * Reinforcement learning with everything written down, from some update to the last: what runs that
 * begin, go on and branch off have in common.
 */
final class TrainingPhase {

  private final ExperimentConfig config;
  private final Workers workers;
  private final TaskSource task;
  private final Evaluator evaluator;
  private final JobClock clock;

  TrainingPhase(
      ExperimentConfig config,
      TaskSource task,
      RandomStreams streams,
      Workers workers,
      JobClock clock) {
    this.config = config;
    this.task = task;
    this.workers = workers;
    this.clock = clock;
    this.evaluator =
        new Evaluator(task, config.evaluation(), config.train().temperature(), streams, workers);
  }

  /** The whole evaluation, as before and after training. */
  Evaluation evaluate(LanguageModel policy) {
    return clock.evaluation(() -> evaluator.evaluate(policy));
  }

  /**
   * Trains from where {@code recorder} is to the end, and writes the summary.
   *
   * @param before what training began with
   */
  RunSummary run(
      RunDirectory directory,
      Policy policy,
      Trainer trainer,
      RunRecorder recorder,
      Evaluation before,
      BooleanSupplier stopRequested) {
    recorder.begin(trainer);
    recorder.checkpoint(recorder.updatesDone());
    TrainingLoop.Schedule schedule =
        new TrainingLoop.Schedule(
            config.train().updates(), config.evaluation().every(), config.checkpoints().every());
    TrainingLoop loop =
        new TrainingLoop(trainer, policy, evaluator, schedule, inspector(), recorder);
    boolean finished = loop.run(recorder.updatesDone(), stopRequested);
    recorder.writeRow();
    recorder.checkpoint(recorder.updatesDone());
    Evaluation after = evaluate(policy);
    recorder.evaluated(recorder.updatesDone(), after);
    int criticParameters = trainer.critic().map(Critic::parameterCount).orElse(0);
    return summarize(
        directory,
        recorder,
        finished ? RunSummary.Status.FINISHED : RunSummary.Status.INTERRUPTED,
        Optional.of(before),
        Optional.of(after),
        policy.parameterCount() + criticParameters);
  }

  /** What looks at the updates for the trace. */
  private UpdateInspector inspector() {
    return config
        .trace()
        .inspector(new GreedyDecoder(task.vocabulary(), task.maxNewTokens(), workers));
  }

  /** The summary of a run that was stopped before there was anything to train. */
  RunSummary stoppedInColdStart(RunDirectory directory, Policy policy, RunRecorder recorder) {
    return summarize(
        directory,
        recorder,
        RunSummary.Status.INTERRUPTED,
        Optional.empty(),
        Optional.empty(),
        policy.parameterCount());
  }

  private RunSummary summarize(
      RunDirectory directory,
      RunRecorder recorder,
      RunSummary.Status status,
      Optional<Evaluation> before,
      Optional<Evaluation> after,
      int parameters) {
    RunSummary summary =
        new RunSummary(
            config,
            directory,
            status,
            recorder.updatesDone(),
            before,
            after,
            recorder.coldStartReused(),
            clock.seconds(),
            recorder.totals(),
            FlopEstimate.of(config, task)
                .training(config, recorder.totals(), recorder.updatesDone()),
            parameters,
            Machine.peakResidentBytes(),
            notes(directory, before, after));
    AtomicFiles.write(directory.summary(), SummaryFile.of(summary));
    return summary;
  }

  private List<String> notes(
      RunDirectory directory, Optional<Evaluation> before, Optional<Evaluation> after) {
    List<String> notes = new ArrayList<>(ExperimentNotes.of(config));
    if (before.isPresent() && after.isPresent()) {
      notes.addAll(RunHints.of(before.get(), after.get(), deadGroups(directory)));
    }
    return notes;
  }

  /** From the file, which holds the updates before a run was interrupted, too. */
  private static DoubleVector deadGroups(RunDirectory directory) {
    try {
      return MetricsReader.read(directory.metricsJsonLines())
          .getOrDefault(Metric.DEAD_GROUPS.key(), DoubleVector.empty());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the metrics of " + directory, e);
    }
  }
}
