package org.grpo4j.experiment.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.ConfigHash;
import org.grpo4j.experiment.files.Ledger;
import org.grpo4j.experiment.files.Manifest;
import org.grpo4j.experiment.files.NewRunDirectory;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunProgress;
import org.grpo4j.experiment.files.RunSummary;
import org.grpo4j.math.Require;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.Trainer;

/**
 * A branch of a run before one of its updates: a new run, in a directory of its own, that has the
 * first updates in common with it and continues with other settings. With the same settings it does
 * the same updates. Whether the run can branch off so is looked at when this is made; nothing is
 * written then.
 *
 * @param replay of the run
 * @param update the first update of the new run
 * @param config of the new run; other than the run's, but not in what policy, critic and their
 *     optimisers have been made with, otherwise {@link IllegalArgumentException}
 * @param overrides the changed settings, to be remembered
 * @param runs directory of run directories; made if it is not there
 * @param home the project's directory, to name its commit
 */
public record ForkJob(
    Replay replay,
    int update,
    ExperimentConfig config,
    List<String> overrides,
    Path runs,
    Path home) {

  public ForkJob {
    overrides = List.copyOf(overrides);
    ExperimentConfig before = replay.config();
    requireEqual("task", before.task(), config.task());
    requireEqual("model", before.model(), config.model());
    requireEqual("start", before.start(), config.start());
    requireEqual("examples", before.examples(), config.examples());
    requireEqual("cold_start", before.coldStart(), config.coldStart());
    requireEqual("train.adam", before.train().adam(), config.train().adam());
    requireEqual("subnetwork", before.subnetwork(), config.subnetwork());
    requireEqual("train.optimizer", before.train().optimizer(), config.train().optimizer());
    requireEqual("critic", before.critic(), config.critic());
    Require.that(
        config.train().updates() > update,
        "train.updates",
        "more than " + update + ", where the fork begins",
        config.train().updates());
  }

  private static void requireEqual(String key, Object before, Object now) {
    Require.that(
        before.equals(now),
        key + ": a fork continues with what the run has, so this cannot change");
  }

  /**
   * Runs it, once. The replay must stand before the update.
   *
   * @throws IOException if the new run cannot be written
   */
  public RunSummary run(BooleanSupplier stopRequested, Consumer<JobEvent> listener)
      throws IOException {
    RunProgress progress = replay.progress();
    if (progress.updatesDone() != update) {
      throw new IllegalStateException("the replay must stand before update " + update);
    }
    RestoredTraining restored = replay.training();
    Policy policy = restored.policy();
    RunSetup setup = RunSetup.of(config, replay.workers(), replay.directory().runs());
    Trainer trainer =
        setup
            .trainers()
            .resume(policy, restored.trainer().critic()::orElseThrow, restored.trainer().state());
    JobClock clock = new JobClock(progress.seconds());
    Instant start = Instant.now();
    RunDirectory directory =
        NewRunDirectory.create(
            runs,
            config,
            manifest(start, policy),
            start,
            (draft, ledger) -> new Checkpoints(draft).write(ledger, policy, trainer, progress));
    try (RunRecorder recorder =
        new RunRecorder(
            setup, directory, Ledger.open(directory), policy, clock, listener, progress)) {
      recorder.started();
      recorder.publish(
          new JobEvent.Note("forked from " + replay.directory() + " before update " + update));
      return new TrainingPhase(setup, recorder).run(trainer, Optional.empty(), stopRequested);
    }
  }

  private ObjectNode manifest(Instant start, Policy policy) {
    ObjectNode manifest =
        Manifest.of(config, start, policy.describe(), replay.progress().coldStartReused(), home);
    ObjectNode origin = manifest.putObject(Manifest.FORKED_FROM);
    origin.put("run", replay.directory().path().toAbsolutePath().normalize().toString());
    origin.put(Manifest.CONFIG_HASH, ConfigHash.of(replay.config()));
    origin.put("update", update);
    ArrayNode settings = origin.putArray("settings");
    overrides.forEach(settings::add);
    return manifest;
  }
}
