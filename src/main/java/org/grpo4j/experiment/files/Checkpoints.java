package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.metric.Metric;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainerState;

/**
 * The checkpoints of a run: {@code checkpoints/update-000050/} holds policy and optimiser after 50
 * updates, what the trainer carries beside them, and in {@code critic/} the critic if it is a
 * network of its own. Since every random number is drawn by key, this and the configuration are all
 * there is to the state of training.
 */
public final class Checkpoints {

  private static final String PREFIX = "update-";

  private final Path directory;

  /** The checkpoints of {@code run}. */
  public Checkpoints(RunDirectory run) {
    this.directory = run.checkpoints();
  }

  /**
   * A checkpoint on disk, checked to be as it was written.
   *
   * @param directory where it is
   * @param progress how far the run was
   * @param trainer what the trainer carried; empty in a checkpoint of version 0.1 before it was
   *     kept
   */
  public record Checkpoint(Path directory, RunProgress progress, Optional<TrainerState> trainer) {

    /** Updates taken before it. */
    public int updatesDone() {
      return progress.updatesDone();
    }
  }

  /** Writes a checkpoint; if it is there already, nothing happens. */
  public void write(Policy policy, Trainer trainer, RunProgress progress) {
    Path path = path(progress.updatesDone());
    try {
      SavedPolicy.write(
          path,
          policy,
          trainer.critic(),
          Optional.of(trainer.state()),
          state -> describe(progress, state));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint " + path, e);
    }
  }

  private static void describe(RunProgress progress, ObjectNode state) {
    state
        .put("updates_done", progress.updatesDone())
        .put(Metric.COMPLETIONS.key(), progress.totals().completions())
        .put(Metric.TOKENS.key(), progress.totals().tokens())
        .put("cold_start_reused", progress.coldStartReused())
        .set("wall_seconds", Json.tree(progress.seconds()));
  }

  /**
   * The latest checkpoint; empty if there is none.
   *
   * @throws IOException if it is damaged
   */
  public Optional<Checkpoint> last() throws IOException {
    return lastUpTo(Integer.MAX_VALUE);
  }

  /**
   * The first checkpoint; empty if there is none.
   *
   * @throws IOException if it is damaged
   */
  public Optional<Checkpoint> first() throws IOException {
    List<Integer> all = updatesDone();
    return all.isEmpty() ? Optional.empty() : Optional.of(read(path(all.get(0))));
  }

  /**
   * The latest checkpoint after at most {@code most} updates; empty if there is none.
   *
   * @throws IOException if it is damaged
   */
  public Optional<Checkpoint> lastUpTo(int most) throws IOException {
    List<Integer> upTo = updatesDone().stream().filter(done -> done <= most).toList();
    return upTo.isEmpty() ? Optional.empty() : Optional.of(read(path(upTo.get(upTo.size() - 1))));
  }

  /** After how many updates there are checkpoints, ascending. */
  public List<Integer> updatesDone() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches(PREFIX + "[0-9]{6,9}"))
          .map(name -> Integer.valueOf(name.substring(PREFIX.length())))
          .sorted()
          .toList();
    }
  }

  private Path path(int updatesDone) {
    return directory.resolve(PREFIX + String.format(Locale.ROOT, "%06d", updatesDone));
  }

  private static Checkpoint read(Path path) throws IOException {
    ObjectNode state = SavedPolicy.check(path);
    JsonNode seconds = state.path("wall_seconds");
    RunProgress progress =
        new RunProgress(
            state.path("updates_done").asInt(),
            new RunTotals(
                state.path(Metric.COMPLETIONS.key()).asLong(),
                state.path(Metric.TOKENS.key()).asLong()),
            seconds.isObject() ? Json.record(seconds, PhaseSeconds.class) : PhaseSeconds.NONE,
            state.path("cold_start_reused").asBoolean());
    return new Checkpoint(path, progress, TrainerStateFiles.read(path));
  }
}
