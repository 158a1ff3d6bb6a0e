package org.grpo4j.experiment.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.ConfigHash;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.Manifest;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.math.Numbers;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.train.evaluation.Evaluation;

/**
 * The continuation of a run that was interrupted, or that is to be longer than it was: in its own
 * directory, from its last checkpoint. What was written of later updates is taken back first and
 * comes again, to the same bits.
 */
public final class ResumeJob {

  private final RunDirectory directory;
  private final ExperimentConfig config;
  private final Checkpoints.Checkpoint from;
  private final Checkpoints.Checkpoint first;
  private final Path home;

  private ResumeJob(
      RunDirectory directory,
      ExperimentConfig config,
      Checkpoints.Checkpoint from,
      Checkpoints.Checkpoint first,
      Path home) {
    this.directory = directory;
    this.config = config;
    this.from = from;
    this.first = first;
    this.home = home;
  }

  /**
   * Looks whether a run can be resumed; nothing is changed yet.
   *
   * @param directory the run
   * @param overrides changed settings, such as {@code train.updates=300}; only those that leave
   *     every update as it is
   * @param home the project's directory, to name its commit
   * @throws IllegalArgumentException if it cannot be resumed, or would not be the same run
   * @throws IOException if a file is missing or damaged
   */
  public static ResumeJob of(RunDirectory directory, List<String> overrides, Path home)
      throws IOException {
    ExperimentConfig before = directory.readConfig();
    ExperimentConfig config = directory.readConfig(overrides);
    if (!ConfigHash.ofUpdates(before).equals(ConfigHash.ofUpdates(config))) {
      throw new IllegalArgumentException(
          "--set: a resumed run may change train.updates, workers, evaluation, checkpoints and"
              + " trace only\n  For other changes: replay RUN --update U --from-here --set ...");
    }
    Checkpoints checkpoints = new Checkpoints(directory);
    Checkpoints.Checkpoint from =
        checkpoints
            .last()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        directory + ": has no checkpoint to resume from\n  Train again."));
    if (from.updatesDone() >= config.train().updates()) {
      throw new IllegalArgumentException(
          directory
              + ": all "
              + from.updatesDone()
              + " updates are done\n  For more of them: --set train.updates="
              + 2 * from.updatesDone());
    }
    RestoredTraining.state(from);
    return new ResumeJob(directory, config, from, checkpoints.first().orElseThrow(), home);
  }

  /** Resumes it, once. All files are complete when this returns, also if the run was stopped. */
  public RunSummary run(BooleanSupplier stopRequested, Consumer<JobEvent> listener)
      throws IOException {
    try (Workers workers = new Workers(config.workerCount())) {
      return run(RunSetup.of(config, workers), stopRequested, listener);
    }
  }

  private RunSummary run(RunSetup setup, BooleanSupplier stopRequested, Consumer<JobEvent> listener)
      throws IOException {
    JobClock clock = new JobClock(from.progress().seconds());
    try (RestoredTraining restored = RestoredTraining.of(setup, from);
        RunRecorder recorder =
            new RunRecorder(
                setup, directory, restored.policy(), clock, listener, from.progress())) {
      List<String> differences = describe();
      recorder.started();
      recorder.publish(new JobEvent.Note(note(recorder.removedRows())));
      if (!differences.isEmpty()) {
        String other = "not as before, so last digits may differ: ";
        recorder.publish(new JobEvent.Note(other + String.join("; ", differences)));
      }
      TrainingPhase training = new TrainingPhase(setup, recorder);
      return training.run(restored.trainer(), before(training, setup.workers()), stopRequested);
    }
  }

  private String note(int removedRows) {
    String later = "; " + removedRows + " later ones are taken back and done again";
    return "resumed after "
        + Numbers.count(from.updatesDone(), "update")
        + (removedRows == 0 ? "" : later);
  }

  /**
   * Writes down what has changed, and that the run is not finished.
   *
   * @return the circumstances that are not as they were
   */
  private List<String> describe() throws IOException {
    Files.deleteIfExists(directory.summary());
    AtomicFiles.write(directory.config(), ConfigWriter.write(config));
    ObjectNode manifest = Json.read(directory.manifest());
    List<String> differences = Manifest.differences(manifest, from.updatesDone(), home);
    Manifest.resumed(manifest, config, Instant.now(), from.updatesDone(), home);
    AtomicFiles.write(directory.manifest(), Json.pretty(manifest));
    return differences;
  }

  /** The evaluation that the run began with, done once more. */
  private Evaluation before(TrainingPhase training, Workers workers) {
    try (Policy policy = config.model().restore(first.directory(), workers)) {
      return training.evaluate(policy);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the checkpoint " + first.directory(), e);
    }
  }
}
