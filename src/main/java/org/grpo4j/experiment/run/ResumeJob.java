package org.grpo4j.experiment.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * if there is none. What was written later is taken back first and comes again, to the same bits;
 * so it does not matter if a power cut has taken some of it already.
 *
 * <p>Everything is checked before anything is changed.
 */
public final class ResumeJob {

  private final RunDirectory directory;
  private final ExperimentConfig config;
  private final ObjectNode manifest;
  private final Checkpoints.Newest newest;
  private final List<FileCheck> lost;
  private final Path home;

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
  public ResumeJob(RunDirectory directory, List<String> overrides, Path home) throws IOException {
    this.directory = directory;
    this.home = home;
    SealedFiles files = directory.sealed();
    LedgerLock.requireFree(directory);
    newest = new Checkpoints(directory).newest();
    lost = lost(directory, lines(newest));
    manifest = files.json(directory.manifest());
    config = directory.readConfig(overrides);
    String updates = ConfigHash.ofUpdates(directory.readConfig());
    if (!updates.equals(manifest.path(Manifest.UPDATES_HASH).asText())) {
      throw anotherConfiguration(directory, "is not the configuration that the run began with");
    }
    if (!updates.equals(ConfigHash.ofUpdates(config))) {
      throw new IllegalArgumentException(
          "--set: a resumed run may change train.updates, workers, evaluation, checkpoints and"
              + " trace only\n  For other changes, in a new run from its last checkpoint: --fork");
    }
    if (newest.checkpoint().isEmpty() && manifest.has(Manifest.FORKED_FROM)) {
      throw new IllegalArgumentException(
          directory + ": has no good checkpoint to resume from\n  Branch off the other run again.");
    }
  }

  /**
   * The files that have lost lines which are taken back anyway, as a power cut leaves them. Damaged
   * checkpoints are passed over, and pages are made again.
   *
   * @param then the instant that the run goes back to
   * @throws IOException if anything else is damaged
   */
  private static List<FileCheck> lost(RunDirectory directory, Map<String, Integer> then)
      throws IOException {
    List<FileCheck> lost = new ArrayList<>();
    for (FileCheck check : RunCheck.damage(directory)) {
      if (check.file().equals(directory.config().getFileName().toString())) {
        throw anotherConfiguration(directory, check.words() + " since the run wrote it");
      }
      if (RunCheck.isAfter(then, directory, check)) {
        lost.add(check);
      } else if (check.state() != FileCheck.State.FOREIGN
          && !check.file().startsWith("checkpoints/")) {
        throw directory.sealed().damage(check);
      }
    }
    return lost;
  }

  private static Map<String, Integer> lines(Checkpoints.Newest newest) {
    return newest.checkpoint().map(Checkpoints.Checkpoint::lines).orElse(Map.of());
  }

  private static IllegalArgumentException anotherConfiguration(RunDirectory run, String what) {
    return new IllegalArgumentException(
        "%s: %s\n  Undo the edit, or begin a new run with it from the last checkpoint: --fork"
            .formatted(run.config(), what));
  }

  /** Whether all updates are done and everything that a run ends with is there. */
  public boolean isComplete() throws IOException {
    return lost.isEmpty()
        && newest.checkpoint().isPresent()
        && updatesDone() >= config.train().updates()
        && directory.sealed().has(directory.summary())
        && DerivedFile.isWhole(directory.report())
        && (updatesDone() == 0 || DerivedFile.isWhole(directory.learningCurve()));
  }

  /** Updates that the run goes on after. */
  public int updatesDone() {
    return progress().updatesDone();
  }

  private RunProgress progress() {
    boolean reused = manifest.path(Manifest.COLD_START_REUSED).asBoolean();
    return newest
        .checkpoint()
        .map(Checkpoints.Checkpoint::progress)
        .orElse(RunProgress.beginning(reused));
  }

  /**
   * Resumes it, once, if it is not complete. All files are complete when this returns, also if the
   * run was stopped.
   */
  public RunSummary run(BooleanSupplier stopRequested, Consumer<JobEvent> listener)
      throws IOException {
    try (Workers workers = new Workers(config.workerCount())) {
      RunSetup setup = RunSetup.of(config, workers, directory.runs());
      boolean hasBegun = newest.checkpoint().flatMap(Checkpoints.Checkpoint::trainer).isPresent();
      return hasBegun
          ? train(setup, stopRequested, listener)
          : coldStart(setup, stopRequested, listener);
    }
  }

  private RunSummary train(
      RunSetup setup, BooleanSupplier stopRequested, Consumer<JobEvent> listener)
      throws IOException {
    Checkpoints.Checkpoint from = newest.checkpoint().orElseThrow();
    JobClock clock = new JobClock(from.progress().seconds());
    Checkpoints.Checkpoint first = new Checkpoints(directory).first().orElseThrow();
    try (RestoredTraining restored = RestoredTraining.of(setup, from);
        Policy atFirst = config.model().restore(first.directory(), setup.workers());
        RunRecorder recorder = goBack(setup, restored.policy(), clock, listener)) {
      TrainingPhase training = new TrainingPhase(setup, recorder);
      boolean begins = first.directory().equals(from.directory());
      Optional<Evaluation> before =
          begins ? Optional.empty() : Optional.of(training.evaluate(atFirst));
      return training.run(restored.trainer(), before, stopRequested);
    }
  }

  private RunSummary coldStart(
      RunSetup setup, BooleanSupplier stopRequested, Consumer<JobEvent> listener)
      throws IOException {
    setup.inputs().check(config, manifest);
    Optional<Checkpoints.Checkpoint> from = newest.checkpoint();
    boolean reused = from.isEmpty() && progress().coldStartReused();
    ColdStartPhase coldStart = new ColdStartPhase(setup, reused);
    JobClock clock = new JobClock(progress().seconds());
    try (Policy policy =
            from.isPresent()
                ? config.model().restore(from.get().directory(), setup.workers())
                : clock.coldStart(coldStart::policy);
        RunRecorder recorder = goBack(setup, policy, clock, listener)) {
      return new TrainingPhase(setup, recorder)
          .runWithColdStart(coldStart, progress().coldStartSteps(), stopRequested);
    }
  }

  /** Takes back what is later, and writes down that the run goes on: the first changes. */
  private RunRecorder goBack(
      RunSetup setup, Policy policy, JobClock clock, Consumer<JobEvent> listener)
      throws IOException {
    RunProgress progress = progress();
    List<String> circumstances = Manifest.differences(manifest, progress.updatesDone(), home);
    Ledger ledger = Ledger.open(directory);
    int removedRows;
    RunRecorder recorder;
    try {
      removedRows = ledger.goBack(lines(newest), lost.stream().map(FileCheck::file).toList());
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
    for (FileCheck check : lost) {
      recorder.publish(
          new JobEvent.Note(
              "lost after the checkpoint, and taken back: " + check.file() + ", " + check.words()));
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
