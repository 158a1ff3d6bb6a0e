package org.grpo4j.experiment.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Ledger;
import org.grpo4j.experiment.files.Manifest;
import org.grpo4j.experiment.files.NewRunDirectory;
import org.grpo4j.experiment.files.PhaseSeconds;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunProgress;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;

/**
 * The whole job: cold start, evaluation, reinforcement learning, evaluation, with everything
 * written into a run directory. It prints nothing; a listener is notified.
 *
 * @param config the configuration of the run
 * @param runs directory of run directories; made if it is not there
 * @param home the project's directory, to name its commit
 * @param stopRequested asked before every step and update; the run then ends with a checkpoint
 * @param listener notified of what happens
 */
public record TrainingJob(
    ExperimentConfig config,
    Path runs,
    Path home,
    BooleanSupplier stopRequested,
    Consumer<JobEvent> listener) {

  /**
   * Runs it, once. All files are complete when this returns, also if the run was stopped.
   *
   * @throws IOException if the run cannot be written
   */
  public RunSummary run() throws IOException {
    JobClock clock = new JobClock(PhaseSeconds.NONE);
    try (Workers workers = new Workers(config.workerCount())) {
      RunInputs inputs = new RunInputs(runs, config.seed());
      return run(RunSetup.of(inputs.resolve(config), workers, runs), clock);
    }
  }

  private RunSummary run(RunSetup setup, JobClock clock) throws IOException {
    ExperimentConfig resolved = setup.config();
    ColdStartPhase coldStart = new ColdStartPhase(setup, true);
    try (Policy policy = clock.coldStart(coldStart::policy)) {
      Instant start = Instant.now();
      ObjectNode manifest =
          Manifest.of(resolved, start, policy.describe(), coldStart.reused(), home);
      setup.inputs().describe(resolved, manifest);
      RunDirectory directory =
          NewRunDirectory.create(runs, resolved, manifest, start, (draft, ledger) -> {});
      RunProgress beginning = RunProgress.beginning(coldStart.reused());
      try (RunRecorder recorder =
          new RunRecorder(
              setup, directory, Ledger.open(directory), policy, clock, listener, beginning)) {
        recorder.started();
        TrainingPhase training = new TrainingPhase(setup, recorder);
        return training.runWithColdStart(coldStart, 0, stopRequested);
      }
    }
  }
}
