package org.grpo4j.experiment.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.Tasks;
import org.grpo4j.train.Evaluation;
import org.grpo4j.train.Evaluator;
import org.grpo4j.train.GreedyDecoder;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainingLoop;

/**
 * The whole job: cold start, evaluation, reinforcement learning, evaluation, with everything
 * written into a run directory. It prints nothing; a listener is told what happens.
 */
public final class TrainingJob {

  private final ExperimentConfig config;
  private final Path runs;
  private final Path home;
  private final BooleanSupplier stopRequested;
  private final Consumer<JobEvent> listener;
  private final TaskSource task;
  private final RandomStreams streams;
  private final JobClock clock = new JobClock();

  /**
   * @param runs directory of run directories; made if it is not there
   * @param home the project's directory, to name its commit
   * @param stopRequested asked before every step and update; the run then ends with a checkpoint
   * @param listener told what happens
   */
  public TrainingJob(
      ExperimentConfig config,
      Path runs,
      Path home,
      BooleanSupplier stopRequested,
      Consumer<JobEvent> listener) {
    this.config = config;
    this.runs = runs;
    this.home = home;
    this.stopRequested = stopRequested;
    this.listener = listener;
    this.task = Tasks.byName(config.task());
    this.streams = new RandomStreams(config.seed());
  }

  /** Runs it, once. All files are complete when this returns, also if the run was stopped. */
  public RunSummary run() {
    ColdStartPhase coldStart = new ColdStartPhase(config, runs, task, streams);
    try (Workers workers = new Workers(config.workerCount());
        Policy policy = clock.coldStart(() -> coldStart.policy(workers))) {
      Instant start = Instant.now();
      RunDirectory directory = RunDirectory.create(runs, config, start);
      AtomicFiles.write(directory.manifest(), Manifest.of(config, start, policy.describe(), home));
      try (RunRecorder recorder =
          new RunRecorder(
              config, directory, policy, TraceHeaders.of(config, task, policy), clock, listener)) {
        recorder.tell(new JobEvent.Started(directory, policy.describe(), workers.count()));
        boolean coldStartDone =
            clock.coldStart(() -> coldStart.run(policy, stopRequested, recorder::tell));
        Outcome outcome =
            coldStartDone ? train(policy, workers, recorder) : Outcome.stoppedInColdStart();
        RunSummary summary = summary(directory, policy, recorder, coldStart.reused(), outcome);
        AtomicFiles.write(directory.summary(), SummaryFile.of(summary));
        return summary;
      }
    }
  }

  /** How far it got. */
  private record Outcome(
      boolean finished,
      Optional<Evaluation> before,
      Optional<Evaluation> after,
      int criticParameters) {

    static Outcome stoppedInColdStart() {
      return new Outcome(false, Optional.empty(), Optional.empty(), 0);
    }
  }

  private Outcome train(Policy policy, Workers workers, RunRecorder recorder) {
    Evaluator evaluator =
        new Evaluator(
            task,
            config.evaluation().settings(task, config.train().temperature()),
            streams,
            workers);
    Evaluation before = clock.evaluation(() -> evaluator.evaluate(policy));
    recorder.evaluated(0, before);
    Trainer trainer = new Algorithm(config, task, streams, false).trainer(policy, workers);
    trainer.critic().ifPresent(recorder::keep);
    TrainingLoop loop =
        new TrainingLoop(
            trainer,
            policy,
            evaluator,
            new TrainingLoop.Schedule(
                config.train().updates(),
                config.evaluation().every(),
                config.checkpoints().every()),
            config
                .trace()
                .inspector(new GreedyDecoder(task.vocabulary(), task.maxNewTokens(), workers)),
            recorder);
    boolean finished = loop.run(0, stopRequested);
    recorder.writeRow();
    recorder.checkpoint(recorder.updatesDone());
    Evaluation after = clock.evaluation(() -> evaluator.evaluate(policy));
    recorder.evaluated(recorder.updatesDone(), after);
    int criticParameters = trainer.critic().map(Critic::parameterCount).orElse(0);
    return new Outcome(finished, Optional.of(before), Optional.of(after), criticParameters);
  }

  private RunSummary summary(
      RunDirectory directory,
      Policy policy,
      RunRecorder recorder,
      boolean coldStartReused,
      Outcome outcome) {
    return new RunSummary(
        config,
        directory,
        outcome.finished() ? RunSummary.Status.FINISHED : RunSummary.Status.INTERRUPTED,
        recorder.updatesDone(),
        outcome.before(),
        outcome.after(),
        coldStartReused,
        clock.seconds(),
        recorder.totals(),
        FlopEstimate.of(config, task).training(config, recorder.totals(), recorder.updatesDone()),
        policy.parameterCount() + outcome.criticParameters(),
        Machine.peakResidentBytes());
  }
}
