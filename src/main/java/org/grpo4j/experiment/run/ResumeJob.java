package org.grpo4j.experiment.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.ConfigHash;
import org.grpo4j.experiment.files.DerivedFile;
import org.grpo4j.experiment.files.FileCheck;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.Ledger;
import org.grpo4j.experiment.files.LedgerLock;
import org.grpo4j.experiment.files.LineCounts;
import org.grpo4j.experiment.files.Manifest;
import org.grpo4j.experiment.files.RunCheck;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunProgress;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.experiment.files.SealedFiles;
import org.grpo4j.math.Numbers;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.train.evaluation.Evaluation;

/**
 * The continuation of a run that was interrupted or killed, at whatever instant, or that is to be
 * longer than it was: in its own directory, from its newest good checkpoint, or from the beginning
 * if there is none. What was written later is taken back first and comes again, to the same bits.
 *
 * <p>Everything is checked before anything is changed.
 */
public final class ResumeJob {

  private final RunDirectory directory;
  private final ExperimentConfig config;
  private final ObjectNode manifest;
  private final Checkpoints.Newest newest;
  private final Path home;

  private ResumeJob(
      RunDirectory directory,
      ExperimentConfig config,
      ObjectNode manifest,
      Checkpoints.Newest newest,
      Path home) {
    this.directory = directory;
    this.config = config;
    this.manifest = manifest;
    this.newest = newest;
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
   * @throws IOException if a file is missing or damaged, or another process writes the run
   */
  public static ResumeJob of(RunDirectory directory, List<String> overrides, Path home)
      throws IOException {
    SealedFiles files = directory.sealed();
    LedgerLock.requireFree(directory);
    requireGood(directory);
    ObjectNode manifest = files.json(directory.manifest());
    ExperimentConfig before = directory.readConfig();
    ExperimentConfig config = directory.readConfig(overrides);
    if (!ConfigHash.ofUpdates(before).equals(manifest.path(Manifest.UPDATES_HASH).asText())) {
      throw anotherConfiguration(directory, "is not the configuration that the run began with");
    }
    if (!ConfigHash.ofUpdates(before).equals(ConfigHash.ofUpdates(config))) {
      throw new IllegalArgumentException(
          "--set: a resumed run may change train.updates, workers, evaluation, checkpoints and"
              + " trace only\n  For other changes, in a new run from its last checkpoint: --fork");
    }
    Checkpoints.Newest newest = new Checkpoints(directory).newest();
    if (newest.checkpoint().isEmpty() && manifest.has(Manifest.FORKED_FROM)) {
      throw new IllegalArgumentException(
          directory + ": has no good checkpoint to resume from\n  Branch off the other run again.");
    }
    return new ResumeJob(directory, config, manifest, newest, home);
  }

  /** Checkpoints are looked at where they are needed, and pages are made again. */
  private static void requireGood(RunDirectory directory) throws IOException {
    for (FileCheck check : RunCheck.damage(directory)) {
      if (check.file().equals(directory.config().getFileName().toString())) {
        throw anotherConfiguration(directory, check.words() + " since the run wrote it");
      }
      if (check.state() != FileCheck.State.FOREIGN && !check.file().startsWith("checkpoints/")) {
        throw directory.sealed().damage(check);
      }
    }
  }

  private static IllegalArgumentException anotherConfiguration(RunDirectory run, String what) {
    return new IllegalArgumentException(
        run.config()
            + ": "
            + what
            + "\n  Undo the edit, or begin a new run with it from the last checkpoint: --fork");
  }

  /** Whether all updates are done and everything that a run ends with is there. */
  public boolean isComplete() throws IOException {
    return newest.checkpoint().isPresent()
        && updatesDone() >= config.train().updates()
        && directory.sealed().has(directory.summary())
        && DerivedFile.isWhole(directory.report())
        && (updatesDone() == 0 || DerivedFile.isWhole(directory.learningCurve()));
  }

  /** Updates that the run goes on after. */
  public int updatesDone() {
    return newest.checkpoint().map(Checkpoints.Checkpoint::updatesDone).orElse(0);
  }

  /**
   * Resumes it, once, if it is not complete. All files are complete when this returns, also if the
   * run was stopped.
   */
  public RunSummary run(BooleanSupplier stopRequested, Consumer<JobEvent> listener)
      throws IOException {
    try (Workers workers = new Workers(config.workerCount())) {
      RunSetup setup = RunSetup.of(config, workers);
      Optional<Checkpoints.Checkpoint> from = newest.checkpoint();
      if (from.isPresent() && from.get().trainer().isPresent()) {
        return train(setup, from.get(), stopRequested, listener);
      }
      return coldStart(setup, from, stopRequested, listener);
    }
  }

  private RunSummary train(
      RunSetup setup,
      Checkpoints.Checkpoint from,
      BooleanSupplier stopRequested,
      Consumer<JobEvent> listener)
      throws IOException {
    JobClock clock = new JobClock(from.progress().seconds());
    Checkpoints.Checkpoint first = new Checkpoints(directory).first().orElseThrow();
    try (RestoredTraining restored = RestoredTraining.of(setup, from);
        Policy atFirst = config.model().restore(first.directory(), setup.workers());
        RunRecorder recorder =
            goBack(from.lines(), setup, restored.policy(), clock, from.progress(), listener)) {
      TrainingPhase training = new TrainingPhase(setup, recorder);
      boolean begins = first.directory().equals(from.directory());
      Optional<Evaluation> before =
          begins ? Optional.empty() : Optional.of(training.evaluate(atFirst));
      return training.run(restored.trainer(), before, stopRequested);
    }
  }

  private RunSummary coldStart(
      RunSetup setup,
      Optional<Checkpoints.Checkpoint> from,
      BooleanSupplier stopRequested,
      Consumer<JobEvent> listener)
      throws IOException {
    boolean reused = manifest.path(Manifest.COLD_START_REUSED).asBoolean();
    Path runs = directory.path().toAbsolutePath().normalize().getParent();
    ColdStartPhase coldStart =
        new ColdStartPhase(setup, Objects.requireNonNull(runs), reused && from.isEmpty());
    RunProgress progress =
        from.map(Checkpoints.Checkpoint::progress).orElse(RunProgress.beginning(reused));
    JobClock clock = new JobClock(progress.seconds());
    try (Policy policy =
            from.isPresent()
                ? config.model().restore(from.get().directory(), setup.workers())
                : clock.coldStart(coldStart::policy);
        RunRecorder recorder =
            goBack(
                from.map(Checkpoints.Checkpoint::lines).orElse(LineCounts.NONE),
                setup,
                policy,
                clock,
                progress,
                listener)) {
      return new TrainingPhase(setup, recorder)
          .runWithColdStart(coldStart, progress.coldStartSteps(), stopRequested);
    }
  }

  /** Takes back what is later, and writes down that the run goes on: the first changes. */
  private RunRecorder goBack(
      LineCounts lines,
      RunSetup setup,
      Policy policy,
      JobClock clock,
      RunProgress progress,
      Consumer<JobEvent> listener)
      throws IOException {
    List<String> circumstances = Manifest.differences(manifest, progress.updatesDone(), home);
    Ledger ledger = Ledger.open(directory);
    int removedRows;
    RunRecorder recorder;
    try {
      removedRows = ledger.goBack(directory, lines);
      Checkpoints checkpoints = new Checkpoints(directory);
      newest.damaged().forEach(one -> checkpoints.setAside(ledger, one.directory()));
      ledger.writeAndKeep(directory.config(), ConfigWriter.write(config));
      Manifest.resumed(manifest, config, Instant.now(), progress.updatesDone(), home);
      ledger.write(directory.manifest(), Json.pretty(manifest));
      recorder = new RunRecorder(setup, directory, ledger, policy, clock, listener, progress);
    } catch (IOException | RuntimeException e) {
      ledger.close();
      throw e;
    }
    recorder.started();
    for (Checkpoints.Damaged damaged : newest.damaged()) {
      recorder.publish(
          new JobEvent.Note(
              "not used and set aside: " + damaged.reason().lines().findFirst().orElse("")));
    }
    for (String edited : directory.sealed().accepted()) {
      recorder.publish(new JobEvent.Note("edited on purpose and accepted: " + edited));
    }
    if (!circumstances.isEmpty()) {
      String other = "not as before, so last digits may differ: ";
      recorder.publish(new JobEvent.Note(other + String.join("; ", circumstances)));
    }
    recorder.publish(new JobEvent.Note(note(progress, removedRows)));
    return recorder;
  }

  private static String note(RunProgress from, int removedRows) {
    String later = "; " + removedRows + " later ones are taken back and done again";
    String where =
        from.coldStartSteps() > 0
            ? Numbers.count(from.coldStartSteps(), "step") + " of the cold start"
            : Numbers.count(from.updatesDone(), "update");
    return "resumed after " + where + (removedRows == 0 ? "" : later);
  }
}
