package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.grpo4j.metric.Metric;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainerState;
import org.grpo4j.train.UpdateTrace;

/**
 * The checkpoints of a run: {@code checkpoints/update-000050/} holds policy and optimiser after 50
 * updates, what the trainer carries beside them, and in {@code critic/} the critic if it is a
 * network of its own. Since every random number is drawn by key, this and the configuration are all
 * there is to the state of training. {@code cold-start-000500} is the same after 500 steps of the
 * cold start; it is gone when the first update is to come.
 *
 * <p>Each says how many lines the files of the run had, so that a resumed run can continue them
 * from there.
 */
public record Checkpoints(RunDirectory run) {

  private static final String UPDATE = "update-";
  private static final String COLD_START = "cold-start-";
  private static final String NUMBER = "[0-9]{6,9}";
  private static final String LINES = "lines";
  private static final String STEPS = "cold_start_steps";

  /**
   * A checkpoint on disk, checked to be as it was written.
   *
   * @param directory where it is
   * @param progress how far the run was
   * @param trainer what the trainer carried; empty in the cold start
   * @param lines how many lines each file of the run had that grows, by its path within the run
   */
  public record Checkpoint(
      Path directory,
      RunProgress progress,
      Optional<TrainerState> trainer,
      Map<String, Integer> lines) {

    /** Updates taken before it. */
    public int updatesDone() {
      return progress.updatesDone();
    }

    /** The size of its files. */
    public long bytes() throws IOException {
      return SavedPolicy.bytes(directory);
    }
  }

  /**
   * The newest checkpoint that is good.
   *
   * @param checkpoint empty if there is none
   * @param damaged those after it, newest first, and what is wrong with them
   */
  public record Newest(Optional<Checkpoint> checkpoint, List<Damaged> damaged) {

    public Newest {
      damaged = List.copyOf(damaged);
    }
  }

  /** A checkpoint that cannot be used, and why. */
  public record Damaged(Path directory, String reason) {}

  /** Writes a checkpoint of training; if it is there already, nothing happens. */
  public void write(Ledger ledger, Policy policy, Trainer trainer, RunProgress progress) {
    write(ledger, policy, Optional.of(trainer), progress, path(UPDATE, progress.updatesDone()));
    named(COLD_START).forEach(coldStart -> remove(ledger, coldStart));
  }

  /** Writes a checkpoint of the cold start, and removes the one before it. */
  public void write(Ledger ledger, Policy policy, RunProgress progress) {
    Path path = path(COLD_START, progress.coldStartSteps());
    write(ledger, policy, Optional.empty(), progress, path);
    named(COLD_START).stream()
        .filter(other -> !other.equals(path))
        .forEach(other -> remove(ledger, other));
  }

  private void write(
      Ledger ledger, Policy policy, Optional<Trainer> trainer, RunProgress progress, Path path) {
    AtomicFiles.act(
        "cannot write the checkpoint " + path,
        () -> {
          ledger.sync(); // what a checkpoint continues is on the disk before it
          SavedPolicy.write(
              path,
              AtomicFiles.draft(path),
              policy,
              trainer,
              state -> describe(progress, ledger.lineCounts(), state),
              (state, move) ->
                  ledger.replace(path.resolve(SavedPolicy.STATE), state, Optional.empty(), move));
        });
  }

  private static void describe(RunProgress progress, Map<String, Integer> lines, ObjectNode state) {
    state
        .put("updates_done", progress.updatesDone())
        .put(STEPS, progress.coldStartSteps())
        .put(Metric.COMPLETIONS.key(), progress.totals().completions())
        .put(Metric.TOKENS.key(), progress.totals().tokens())
        .put("cold_start_reused", progress.coldStartReused())
        .set("wall_seconds", Json.tree(progress.seconds()));
    lines.forEach(state.putObject(LINES)::put);
  }

  /** Puts a damaged checkpoint aside, so that the run can write it again. */
  public void setAside(Ledger ledger, Path checkpoint) {
    ledger.remove(
        checkpoint.resolve(SavedPolicy.STATE),
        () -> {
          if (Files.exists(checkpoint, LinkOption.NOFOLLOW_LINKS)) {
            AtomicFiles.moveAside(checkpoint);
          }
        });
  }

  private static void remove(Ledger ledger, Path checkpoint) {
    Path draft = AtomicFiles.draft(checkpoint); // one that killed writers may leave
    ledger.remove(
        checkpoint.resolve(SavedPolicy.STATE),
        () -> {
          AtomicFiles.deleteDirectory(draft);
          AtomicFiles.move(checkpoint, draft);
          AtomicFiles.deleteDirectory(draft);
        });
  }

  /** The newest checkpoint that is good, of an update or else of the cold start. */
  public Newest newest() throws IOException {
    SealedFiles files = run.sealed();
    List<Damaged> damaged = new ArrayList<>();
    for (String prefix : List.of(UPDATE, COLD_START)) {
      List<Path> paths = new ArrayList<>(known(files, prefix));
      paths.sort(Comparator.reverseOrder());
      for (Path path : paths) {
        try {
          return new Newest(Optional.of(read(files, path)), damaged);
        } catch (IOException e) {
          damaged.add(new Damaged(path, String.valueOf(e.getMessage())));
        }
      }
    }
    return new Newest(Optional.empty(), damaged);
  }

  /**
   * The latest checkpoint of an update; empty if there is none.
   *
   * @throws IOException if it is damaged
   */
  public Optional<Checkpoint> last() throws IOException {
    return lastUpTo(Integer.MAX_VALUE);
  }

  /**
   * The first checkpoint of an update; empty if there is none.
   *
   * @throws IOException if it is damaged
   */
  public Optional<Checkpoint> first() throws IOException {
    SealedFiles files = run.sealed();
    List<Path> all = known(files, UPDATE);
    return all.isEmpty() ? Optional.empty() : Optional.of(read(files, all.get(0)));
  }

  /**
   * The latest checkpoint after at most {@code most} updates; empty if there is none.
   *
   * @throws IOException if it is damaged
   */
  public Optional<Checkpoint> lastUpTo(int most) throws IOException {
    SealedFiles files = run.sealed();
    List<Path> upTo =
        known(files, UPDATE).stream().filter(path -> number(UPDATE, path) <= most).toList();
    return upTo.isEmpty() ? Optional.empty() : Optional.of(read(files, upTo.get(upTo.size() - 1)));
  }

  /** Those that are there or that the ledger says were written, ascending. */
  private List<Path> known(SealedFiles files, String prefix) {
    return Stream.concat(
            named(prefix).stream(),
            files.checkpoints().stream().filter(path -> number(prefix, path) >= 0))
        .distinct()
        .sorted()
        .toList();
  }

  private List<Path> named(String prefix) {
    Path all = run.checkpoints();
    return AtomicFiles.read("cannot read " + all, () -> AtomicFiles.list(all, prefix + NUMBER));
  }

  private static int number(String prefix, Path path) {
    String name = String.valueOf(path.getFileName());
    return name.matches(prefix + NUMBER) ? Integer.parseInt(name.substring(prefix.length())) : -1;
  }

  private Path path(String prefix, int number) {
    return run.checkpoints().resolve(prefix + String.format(Locale.ROOT, "%06d", number));
  }

  private static Checkpoint read(SealedFiles files, Path path) throws IOException {
    files.text(path.resolve(SavedPolicy.STATE));
    ObjectNode state = SavedPolicy.check(path);
    JsonNode seconds = state.path("wall_seconds");
    RunProgress progress =
        new RunProgress(
            state.path("updates_done").asInt(),
            state.path(STEPS).asInt(),
            new UpdateTrace.Sampled(
                state.path(Metric.COMPLETIONS.key()).asLong(),
                state.path(Metric.TOKENS.key()).asLong()),
            seconds.isObject() ? Json.record(seconds, PhaseSeconds.class) : PhaseSeconds.NONE,
            state.path("cold_start_reused").asBoolean());
    Map<String, Integer> lines = new TreeMap<>();
    state.path(LINES).properties().forEach(one -> lines.put(one.getKey(), one.getValue().asInt()));
    return new Checkpoint(path, progress, TrainerStateFiles.read(path), Map.copyOf(lines));
  }
}
