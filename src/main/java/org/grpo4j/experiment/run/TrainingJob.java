package org.grpo4j.experiment.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.Manifest;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunProgress;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.evaluation.Evaluation;

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
    this.task = config.task().make();
    this.streams = new RandomStreams(config.seed());
  }

  /** Runs it, once. All files are complete when this returns, also if the run was stopped. */
  public RunSummary run() {
    ColdStartPhase coldStart = new ColdStartPhase(config, runs, task, streams);
    try (Workers workers = new Workers(config.workerCount());
        Policy policy = clock.coldStart(() -> coldStart.policy(workers))) {
      Instant start = Instant.now();
      RunDirectory directory = RunDirectory.create(runs, config, start);
      AtomicFiles.write(
          directory.manifest(), Json.pretty(Manifest.of(config, start, policy.describe(), home)));
      RunProgress beginning = RunProgress.beginning(coldStart.reused());
      TrainingPhase training = new TrainingPhase(config, task, streams, workers, clock);
      try (RunRecorder recorder =
          new RunRecorder(
              config,
              directory,
              policy,
              TraceHeaders.of(config, task, policy),
              clock,
              listener,
              beginning)) {
        recorder.tell(new JobEvent.Started(directory, policy.describe(), workers.count()));
        boolean coldStartDone =
            clock.coldStart(() -> coldStart.run(policy, stopRequested, recorder::tell));
        if (!coldStartDone) {
          return training.stoppedInColdStart(directory, policy, recorder);
        }
        Evaluation before = training.evaluate(policy);
        recorder.evaluated(0, before);
        Trainer trainer = new TrainerFactory(config, task, streams, false).trainer(policy, workers);
        return training.run(directory, policy, trainer, recorder, before, stopRequested);
      }
    }
  }
}
