package org.grpo4j.experiment.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.grpo4j.experiment.ModelConfig;
import org.grpo4j.experiment.ParameterChange;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.Manifest;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.math.Require;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;

/** The change of the parameters from one checkpoint to another. */
public final class CheckpointChange {

  private CheckpointChange() {}

  /**
   * From the first checkpoint of a run, where its updates begin, to its last.
   *
   * @throws IOException if one is missing or damaged
   */
  public static ParameterChange ofUpdates(RunDirectory run, ModelConfig model, Workers workers)
      throws IOException {
    Checkpoints checkpoints = new Checkpoints(run);
    try (Policy before = policy(run, model, checkpoints.first(), workers);
        Policy after = policy(run, model, checkpoints.last(), workers)) {
      return between(before, after);
    }
  }

  /**
   * From the last checkpoint of a run to that of another.
   *
   * @throws IOException if one is missing or damaged
   * @throws IllegalArgumentException if their policies have different parameters
   */
  public static ParameterChange between(RunDirectory run, RunDirectory other, Workers workers)
      throws IOException {
    ModelConfig model = run.readConfig().model();
    ModelConfig otherModel = other.readConfig().model();
    try (Policy before = policy(run, model, new Checkpoints(run).last(), workers);
        Policy after = policy(other, otherModel, new Checkpoints(other).last(), workers)) {
      Require.that(
          before.parameterMatrices().equals(after.parameterMatrices()),
          "run: must have the same model as the other run; %s and %s cannot be compared"
              .formatted(before.describe(), after.describe()));
      return between(before, after);
    }
  }

  /**
   * From the parameters that a run began with to where its updates begin: what the cold start did.
   *
   * @return empty without a cold start of its own, or if what it began with is gone since
   * @throws IOException if the first checkpoint is missing or damaged
   */
  static Optional<ParameterChange> ofColdStart(RunSetup setup, RunDirectory run)
      throws IOException {
    boolean forked = run.sealed().json(run.manifest()).has(Manifest.FORKED_FROM);
    if (setup.config().coldStart().steps() == 0 || forked) {
      return Optional.empty();
    }
    try (Policy before = new ColdStartPhase(setup, false).policy();
        Policy after =
            policy(run, setup.config().model(), new Checkpoints(run).first(), setup.workers())) {
      return Optional.of(between(before, after));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  private static ParameterChange between(Policy before, Policy after) {
    return new ParameterChange(before.parameterMatrices(), before.parameters(), after.parameters());
  }

  private static Policy policy(
      RunDirectory run,
      ModelConfig model,
      Optional<Checkpoints.Checkpoint> checkpoint,
      Workers workers)
      throws IOException {
    Path directory =
        checkpoint
            .orElseThrow(() -> new IOException(run + ": has no checkpoint of an update"))
            .directory();
    return model.restore(directory, workers);
  }
}
