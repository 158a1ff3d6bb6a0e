package org.grpo4j.experiment.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ParameterChange;
import org.grpo4j.experiment.RunReference;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.Origin;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.RunArchive;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;

/**
 * The other runs that a run begins with: finished ones with its seed, beside it in the directory of
 * runs. The manifest names each with the SHA-256 of its last checkpoint.
 */
public final class RunInputs {

  private static final String INPUTS = "inputs";
  private static final String STATE = "checkpoint_sha256";

  private final Path runs;
  private final long seed;

  /** Those that were looked up already: every run of the seed is read for it. */
  private final Map<RunReference, Found> known = new HashMap<>();

  /** Those of a run with this seed, in this directory of runs. */
  public RunInputs(Path runs, long seed) {
    this.runs = runs;
    this.seed = seed;
  }

  Path runs() {
    return runs;
  }

  /** The last checkpoint of a run, and the configuration that it was made with. */
  private record Found(
      ExperimentConfig config, RunDirectory directory, Checkpoints.Checkpoint checkpoint) {}

  /**
   * {@code config} with the hash of every run that it names.
   *
   * @throws ConfigException if there is no such run
   */
  public ExperimentConfig resolve(ExperimentConfig config) {
    if (config.runs().stream().allMatch(RunReference::isResolved)) {
      return config;
    }
    RunArchive archive = RunArchive.of(runs, seed);
    return config.withRuns(
        run ->
            run.isResolved()
                ? run
                : run.resolved(
                    archive
                        .newest(run.stage(), seed)
                        .orElseThrow(() -> none(run, "of that name and"))));
  }

  private ConfigException none(RunReference run, String which) {
    return refusal(
        run,
        "there is no finished run " + which + " with seed " + seed,
        "Make it first, or all of them with: grpo4j pipeline");
  }

  private ConfigException refusal(RunReference run, String rule, String remedy) {
    return new ConfigException(new Origin(runs.toString(), 0), run.stage(), rule, remedy);
  }

  /** Adds the inputs of {@code config} to the manifest of its run. */
  void describe(ExperimentConfig config, ObjectNode manifest) {
    for (RunReference run : config.runs()) {
      Checkpoints.Checkpoint checkpoint = find(run).checkpoint();
      manifest
          .withArray(INPUTS)
          .addObject()
          .put("stage", run.stage())
          .put("config_sha256", run.config())
          .put("checkpoint", runs.relativize(checkpoint.directory()).toString())
          .put(STATE, state(checkpoint));
    }
  }

  /**
   * Looks whether the inputs are what the run began with.
   *
   * @throws ConfigException if one is missing or another one
   */
  void check(ExperimentConfig config, ObjectNode manifest) {
    int next = 0;
    for (RunReference run : config.runs()) {
      JsonNode before = manifest.path(INPUTS).path(next++);
      Checkpoints.Checkpoint now = find(run).checkpoint();
      if (!before.path(STATE).asText().equals(state(now))) {
        String checkpoint = before.path("checkpoint").asText();
        throw refusal(
            run,
            "the run began with " + checkpoint + ", and " + now.directory() + " is not the same",
            "Bring that run back, or begin anew.");
      }
    }
  }

  private static String state(Checkpoints.Checkpoint checkpoint) {
    Path directory = checkpoint.directory();
    return AtomicFiles.read(
        directory + ": cannot be read", () -> AtomicFiles.sha256(directory.resolve("state.json")));
  }

  /**
   * The policy that a run ended with.
   *
   * @param setup of the run that begins with it
   * @throws ConfigException if there is no such run, or it is damaged
   */
  Policy policy(RunReference run, RunSetup setup) {
    Found found = find(run);
    TaskSource before = found.config().task().make();
    if (!before.vocabulary().equals(setup.task().vocabulary())
        || before.promptLength() != setup.task().promptLength()) {
      throw refusal(
          run,
          "its task has other symbols or prompts of another length, so its policy cannot be used",
          "Let both be parts of the same mixed task.");
    }
    Path directory = found.checkpoint().directory();
    return AtomicFiles.read(
        directory + ": cannot be read",
        () -> found.config().model().restore(directory, setup.workers()));
  }

  /**
   * The change of the parameters by the updates of a run.
   *
   * @param policy of the same model, which begins with it
   * @throws ConfigException if there is no such run, or its policy is another one
   */
  ParameterChange change(RunReference run, Policy policy, Workers workers) {
    Found found = find(run);
    ParameterChange change;
    try {
      change = CheckpointChange.ofUpdates(found.directory(), found.config().model(), workers);
    } catch (IOException e) {
      throw refusal(run, String.valueOf(e.getMessage()), "");
    }
    if (!change.matrices().equals(policy.parameterMatrices())) {
      throw refusal(run, "its policy has other parameters than this one", "Give both one model.");
    }
    return change;
  }

  ExperimentConfig config(RunReference run) {
    return find(run).config();
  }

  private Found find(RunReference run) {
    return known.computeIfAbsent(run, this::lookUp);
  }

  private Found lookUp(RunReference run) {
    Optional<Path> path = RunArchive.of(runs, seed).find(run.config(), seed);
    RunDirectory directory =
        RunDirectory.open(
            path.orElseThrow(
                () -> none(run, "with configuration " + run.config().substring(0, 8) + " and")));
    try {
      return new Found(
          directory.readConfig(),
          directory,
          new Checkpoints(directory)
              .last()
              .orElseThrow(() -> refusal(run, "has no checkpoint", "")));
    } catch (IOException e) {
      throw refusal(run, String.valueOf(e.getMessage()), "");
    }
  }
}
