package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.ColdStartCorpus;
import org.grpo4j.task.TaskSource;

/**
 * Policies after their cold start, kept beside the runs so that it is done once for each task,
 * model, cold-start section and seed. The examples are part of the key: a task that has changed its
 * split or its demonstrations since is imitated anew. An entry that is damaged is removed and made
 * again.
 */
public final class ColdStartCache {

  private static final int SHORT_HASH = 16;

  /** A task that has changed shows it in the first examples. */
  private static final int COMPARED_EXAMPLES = 1000;

  private final Path directory;
  private final ExperimentConfig config;
  private final TaskSource task;

  /** Everything the cold start depends on; empty until it is asked for. */
  private Optional<String> key = Optional.empty();

  /**
   * The entry of {@code config}.
   *
   * @param runs the directory of run directories
   * @param task the task of {@code config}
   */
  public ColdStartCache(Path runs, ExperimentConfig config, TaskSource task) {
    this.directory = runs.resolve(".cold-start");
    this.config = config;
    this.task = task;
  }

  /**
   * The result of looking for an entry.
   *
   * @param policy the policy, its optimiser included; empty if there is no good entry
   * @param seconds what the cold start took when it was done
   * @param complaint what is wrong with the entry; empty if nothing is
   */
  public record Lookup(Optional<Policy> policy, double seconds, String complaint) {

    /** Nothing. */
    public static final Lookup NOTHING = new Lookup(Optional.empty(), 0, "");
  }

  /** The place where the entry is or would be. */
  public Path entry() {
    String hash = AtomicFiles.sha256(key()).substring(0, SHORT_HASH);
    return directory.resolve(config.task().name() + "__" + config.seed() + "__" + hash);
  }

  /** The cached cold start, if there is a good one. */
  public Lookup find(Workers workers) {
    Path entry = entry();
    if (!Files.exists(entry)) {
      return Lookup.NOTHING;
    }
    try {
      ObjectNode state = SavedPolicy.check(entry);
      if (!state.path("key").asText().equals(key())) {
        throw new IOException(entry + ": belongs to another configuration");
      }
      Policy policy = config.model().restore(entry, workers);
      return new Lookup(Optional.of(policy), state.path("seconds").asDouble(), "");
    } catch (IOException | RuntimeException e) {
      return new Lookup(Optional.empty(), 0, e.getMessage() + removed(entry));
    }
  }

  /**
   * Keeps {@code policy} for later runs, where that can be: a run needs no cache.
   *
   * @return why it could not be kept; empty if it was
   */
  public String store(Policy policy, double seconds) {
    try {
      Path entry = entry();
      removeDraftsOfTheDead();
      SavedPolicy.write(
          entry,
          AtomicFiles.draft(
              entry.resolveSibling(
                  "%s.%d.%d"
                      .formatted(
                          entry.getFileName(),
                          Thread.currentThread().getId(),
                          ProcessHandle.current().pid()))),
          policy,
          Optional.empty(),
          state -> state.put("key", key()).put("seconds", seconds),
          (state, move) -> place(entry, move));
      return "";
    } catch (IOException | UncheckedIOException e) {
      return "cannot write " + entry() + " (" + e + ")";
    }
  }

  private static void place(Path entry, AtomicFiles.Action move) throws IOException {
    try {
      move.run();
    } catch (IOException e) {
      if (!Files.exists(entry)) {
        throw e;
      } // another process was faster; its own is as good
    }
  }

  /** Drafts carry the number of the process that writes them. */
  private void removeDraftsOfTheDead() throws IOException {
    for (Path draft : AtomicFiles.list(directory, "[.].*[.]part")) {
      String writer = draft.toString().replaceAll(".*[.](\\d{1,18})[.]part", "$1");
      boolean named = writer.matches("\\d+");
      if (!named || ProcessHandle.of(Long.parseLong(writer)).isEmpty()) {
        AtomicFiles.deleteDirectory(draft);
      }
    }
  }

  private String key() {
    if (key.isEmpty()) {
      key = Optional.of(madeKey());
    }
    return key.get();
  }

  private String madeKey() {
    int compared = Math.min(COMPARED_EXAMPLES, config.coldStart().corpusSize());
    ColdStartCorpus examples =
        ColdStartCorpus.draw(task, compared, new RandomStreams(config.seed()));
    String digest = AtomicFiles.sha256(examples.demonstrations().toString());
    return ConfigHash.coldStartText(config) + "examples: " + digest + "\n";
  }

  /** Removes a damaged entry; returns what to add to the complaint if that cannot be. */
  private static String removed(Path entry) {
    try {
      AtomicFiles.deleteDirectory(entry);
      return "";
    } catch (IOException e) {
      return "; it cannot be removed (" + e + ")";
    }
  }
}
