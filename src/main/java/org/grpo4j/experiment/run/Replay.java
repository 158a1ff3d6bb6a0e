package org.grpo4j.experiment.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.Manifest;
import org.grpo4j.experiment.files.MetricsReader;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunProgress;
import org.grpo4j.experiment.trace.TraceDigest;
import org.grpo4j.experiment.trace.TraceReader;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.metric.Metric;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkPolicies;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;

/**
 * The repetition of updates of a run, from the checkpoint before them, compared bit by bit with the
 * digest in the trace. Nothing in the run's directory is changed.
 */
public final class Replay implements AutoCloseable {

  private static final int NO_CHECKPOINT = -1;

  private final RunDirectory directory;
  private final Optional<TraceReader> trace;
  private final Checkpoints checkpoints;
  private final RunSetup setup;

  private Optional<RestoredTraining> training = Optional.empty();
  private RunProgress progress = RunProgress.beginning(false);
  private int checkpoint;

  private Replay(
      RunDirectory directory, ExperimentConfig config, Optional<TraceReader> trace, int workers) {
    this.directory = directory;
    this.trace = trace;
    this.checkpoints = new Checkpoints(directory);
    this.setup = RunSetup.of(config, new Workers(workers), directory.runs());
  }

  /**
   * Opens a run.
   *
   * @param workers number of threads, which no result depends on; 0 for those of the run
   * @throws IOException if it has no trace to compare with, or a file is damaged
   */
  public static Replay open(RunDirectory directory, int workers) throws IOException {
    ExperimentConfig config = directory.readConfig();
    TraceReader trace = TraceReader.open(directory);
    return new Replay(
        directory, config, Optional.of(trace), workers > 0 ? workers : config.workerCount());
  }

  /**
   * Opens a run at its newest good checkpoint, to branch off there; the trace is not needed, and
   * its configuration is the one that it was made with, whatever became of the file.
   *
   * @throws IOException if it has no good checkpoint
   */
  public static Replay atLastCheckpoint(RunDirectory directory) throws IOException {
    Checkpoints.Checkpoint last =
        new Checkpoints(directory)
            .newest()
            .checkpoint()
            .filter(found -> found.trainer().isPresent())
            .orElseThrow(
                () -> new IOException(directory + ": has no checkpoint yet to branch off from"));
    ExperimentConfig config = directory.readOriginalConfig();
    Replay replay = new Replay(directory, config, Optional.empty(), config.workerCount());
    replay.restore(last);
    return replay;
  }

  /** The updates that can be done again, ascending. */
  public List<Integer> updates() {
    return trace.map(TraceReader::updates).orElse(List.of());
  }

  /** The updates that the run has done, by its metrics, but that the trace does not hold. */
  public List<Integer> missing() throws IOException {
    DoubleVector done =
        MetricsReader.read(directory).getOrDefault(Metric.UPDATE.key(), DoubleVector.empty());
    Set<Integer> missing = new TreeSet<>();
    Arrays.stream(done.toArray()).forEach(update -> missing.add((int) update));
    updates().forEach(missing::remove);
    return List.copyOf(missing);
  }

  /**
   * The circumstances that differ from those of update {@code update}, one sentence each: what the
   * last bits can depend on.
   *
   * @param home the project's directory, to find the commit
   */
  public List<String> otherCircumstances(int update, Path home) throws IOException {
    return Manifest.differences(directory.sealed().json(directory.manifest()), update, home);
  }

  /**
   * Brings policy and trainer to where they were before update {@code update}: from the checkpoint
   * before it, or from where they are if they have come from there already.
   *
   * @return the intermediate updates, which were done again
   * @throws IllegalArgumentException if it is not in the trace
   * @throws IOException if there is no checkpoint before it or a file is damaged
   */
  public List<ReplayedUpdate> before(int update) throws IOException {
    if (!updates().contains(update) && update != nextOfRun()) {
      trace().json(update); // says which updates there are
    }
    Checkpoints.Checkpoint nearest =
        checkpoints
            .lastUpTo(update)
            .orElseThrow(() -> new IOException(directory + ": has no checkpoint before " + update));
    boolean behind = training.isPresent() && progress.updatesDone() <= update;
    if (!behind || checkpoint != nearest.updatesDone()) {
      restore(nearest);
    }
    List<ReplayedUpdate> done = new ArrayList<>();
    while (progress.updatesDone() < update) {
      done.add(next());
    }
    return done;
  }

  /** The update after the traced ones, where the run stopped or blew up; -1 if it is finished. */
  private int nextOfRun() {
    int next = updates().isEmpty() ? 0 : updates().get(updates().size() - 1) + 1;
    return next < config().train().updates() ? next : -1;
  }

  /**
   * Does the next update again and compares it with the trace.
   *
   * @throws IllegalArgumentException if it came out finite and the trace has no line of it
   */
  public ReplayedUpdate next() throws IOException {
    RestoredTraining restored = training();
    int number = progress.updatesDone();
    UpdateTrace update = restored.trainer().update(number);
    TracedUpdate traced = trace().update(number);
    progress =
        new RunProgress(
            number + 1,
            0,
            progress.totals().plus(update.sampled()),
            progress.seconds(),
            progress.coldStartReused());
    TraceDigest digest = TraceDigest.of(update, restored.policy().parameters());
    return new ReplayedUpdate(
        number,
        checkpoint,
        traced.digest().differences(digest),
        differences(traced.metrics(), UpdateMetrics.of(update).named()));
  }

  private static List<ReplayedUpdate.MetricDifference> differences(
      Map<String, Double> before, Map<String, Double> now) {
    List<ReplayedUpdate.MetricDifference> differences = new ArrayList<>();
    before.forEach(
        (name, value) -> {
          Double other = now.get(name);
          if (!value.equals(other)) {
            differences.add(new ReplayedUpdate.MetricDifference(name, value, other));
          }
        });
    return differences;
  }

  /**
   * From here on the readable layers compute instead of the kernels, so that one can step into
   * them; what comes is the same up to rounding.
   */
  public void makeReadable() {
    RestoredTraining now = training();
    Policy readable = NetworkPolicies.readable(now.policy(), setup.workers());
    Trainer trainer =
        setup.trainers().resume(readable, () -> critic(now, readable), now.trainer().state());
    training = Optional.of(new RestoredTraining(readable, trainer));
    checkpoint = NO_CHECKPOINT;
  }

  /** A value head belongs to its policy; a critic of its own stays as it is. */
  private Critic critic(RestoredTraining now, Policy readable) {
    return config().critic().isSeparate()
        ? now.trainer().critic().orElseThrow()
        : config().critic().create(readable, setup.streams().runSeed(), setup.workers());
  }

  private TraceReader trace() {
    return trace.orElseThrow(() -> new IllegalStateException("opened without its trace"));
  }

  private void restore(Checkpoints.Checkpoint from) throws IOException {
    training.ifPresent(RestoredTraining::close);
    training = Optional.of(RestoredTraining.of(setup, from));
    progress = from.progress();
    checkpoint = from.updatesDone();
  }

  /** The run. */
  public RunDirectory directory() {
    return directory;
  }

  ExperimentConfig config() {
    return setup.config();
  }

  Workers workers() {
    return setup.workers();
  }

  /** Updates that policy and trainer have behind them. */
  public int updatesDone() {
    return progress.updatesDone();
  }

  /** The progress of policy and trainer. */
  RunProgress progress() {
    return progress;
  }

  /** Policy and trainer as they are; a debugger's way in. */
  RestoredTraining training() {
    return training.orElseThrow(() -> new IllegalStateException("before(update) comes first"));
  }

  @Override
  public void close() {
    training.ifPresent(RestoredTraining::close);
    setup.workers().close();
  }
}
