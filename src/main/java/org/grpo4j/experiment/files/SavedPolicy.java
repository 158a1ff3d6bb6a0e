package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.Trainer;

/**
 * A directory that holds a policy with its optimiser, and {@code state.json}: what the state
 * belongs to, and the SHA-256 of every other file and of itself. It is written beside its place and
 * moved there, so it is whole or not there; what has changed since is noticed when it is read.
 */
public final class SavedPolicy {

  /** Directory of the critic within that of the policy. */
  public static final String CRITIC = "critic";

  /** The file that vouches for the others. */
  static final String STATE = "state.json";

  private static final String FILES = "files_sha256";
  private static final String OWN = "sha256";
  private static final int SCHEMA = 2;

  private SavedPolicy() {}

  /** Moves a finished draft into its place. */
  interface Placing {
    /** Called once, with the text of {@code state.json}. */
    void place(String state, AtomicFiles.Action move) throws IOException;
  }

  /**
   * Saves {@code policy}, and a critic of its own beside it, as {@code directory}; one that is
   * there already is kept.
   *
   * @param draft where it is written first
   * @param trainer whose critic and state are saved beside it, if there is one
   * @param describe adds to the state what belongs to it
   */
  static void write(
      Path directory,
      Path draft,
      Policy policy,
      Optional<Trainer> trainer,
      Consumer<ObjectNode> describe,
      Placing placing)
      throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.createDirectories(directory.toAbsolutePath().getParent());
    AtomicFiles.deleteDirectory(draft);
    Files.createDirectory(draft);
    policy.save(draft);
    Optional<Critic> critic = trainer.flatMap(Trainer::critic);
    if (critic.isPresent() && critic.get().parameterCount() > 0) {
      critic.get().save(Files.createDirectory(draft.resolve(CRITIC)));
      AtomicFiles.syncDirectory(draft.resolve(CRITIC));
    }
    if (trainer.isPresent()) {
      TrainerStateFiles.write(draft, trainer.get().state());
    }
    ObjectNode state = Json.object();
    state.put("schema", SCHEMA);
    state.put("policy_version", policy.version());
    describe.accept(state);
    ObjectNode hashes = state.putObject(FILES);
    for (Path file : files(draft)) {
      AtomicFiles.sync(file);
      hashes.put(FileCheck.name(draft, file), AtomicFiles.sha256(file));
    }
    state.put(OWN, AtomicFiles.sha256(Json.pretty(state)));
    AtomicFiles.write(draft.resolve(STATE), Json.pretty(state));
    placing.place(Json.pretty(state), () -> AtomicFiles.move(draft, directory));
  }

  /**
   * The state of {@code directory}, after checking that its files are those that were written.
   *
   * @throws IOException if anything is missing or has changed; the message says what
   */
  static ObjectNode check(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(directory + ": is not a directory");
    }
    ObjectNode state = Json.read(directory.resolve(STATE));
    if (state.path("schema").asInt() != SCHEMA || !state.path(FILES).isObject()) {
      throw new IOException(
          directory.resolve(STATE) + ": schema must be " + SCHEMA + "; another version wrote it");
    }
    String own = state.path(OWN).asText();
    state.remove(OWN);
    if (!own.equals(AtomicFiles.sha256(Json.pretty(state)))) {
      throw new IOException(directory.resolve(STATE) + ": changed since the run wrote it");
    }
    for (FileCheck file : payload(directory, directory, state)) {
      if (!file.state().isGood()) {
        throw new IOException(directory.resolve(file.file()) + ": " + file.damage());
      }
    }
    return state;
  }

  /** The state of the files that {@code state} vouches for; paths are within {@code root}. */
  static List<FileCheck> payload(Path root, Path directory, ObjectNode state) throws IOException {
    List<FileCheck> checks = new ArrayList<>();
    for (Map.Entry<String, JsonNode> file : state.path(FILES).properties()) {
      checks.add(
          FileCheck.of(
              root,
              directory.resolve(file.getKey()),
              path -> AtomicFiles.sha256(path).equals(file.getValue().asText())));
    }
    return checks;
  }

  /** The size of the files of {@code directory} and below. */
  static long bytes(Path directory) throws IOException {
    long bytes = 0;
    for (Path file : files(directory)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }
}
