package org.grpo4j.experiment.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;

/**
 * The checkpoints of a run: {@code checkpoints/update-000050/} holds policy and optimiser after 50
 * updates, and in {@code critic/} the critic if it is a network of its own. Since every random
 * number is drawn by key, this and the configuration are all there is to the state of training.
 */
public final class Checkpoints {

  private static final String PREFIX = "update-";

  private final Path directory;

  /** The checkpoints of {@code run}. */
  public Checkpoints(RunDirectory run) {
    this.directory = run.checkpoints();
  }

  /**
   * A checkpoint on disk.
   *
   * @param updatesDone updates taken before it
   * @param directory where it is
   * @param numCompletions completions sampled in these updates
   * @param numTokens tokens of these completions
   */
  public record Checkpoint(int updatesDone, Path directory, long numCompletions, long numTokens) {}

  /** Writes a checkpoint; if it is there already, nothing happens. */
  void write(Policy policy, Optional<Critic> critic, int updatesDone, RunTotals totals) {
    Path path = directory.resolve(PREFIX + String.format(Locale.ROOT, "%06d", updatesDone));
    try {
      SavedPolicy.write(
          path,
          policy,
          critic,
          state ->
              state
                  .put("updates_done", updatesDone)
                  .put("num_completions", totals.completions())
                  .put("num_tokens", totals.tokens()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint " + path, e);
    }
  }

  /**
   * The latest checkpoint, checked to be as it was written; empty if there is none.
   *
   * @throws IOException if it is damaged
   */
  public Optional<Checkpoint> last() throws IOException {
    Optional<Path> path = names().stream().reduce((first, second) -> second);
    return path.isEmpty() ? Optional.empty() : Optional.of(read(path.get()));
  }

  private static Checkpoint read(Path path) throws IOException {
    ObjectNode state = SavedPolicy.check(path);
    return new Checkpoint(
        state.path("updates_done").asInt(),
        path,
        state.path("num_completions").asLong(),
        state.path("num_tokens").asLong());
  }

  /** All checkpoints, in order of updates. */
  private List<Path> names() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> path.getFileName().toString().matches(PREFIX + "[0-9]{6,}"))
          .sorted()
          .toList();
    }
  }
}
