package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.train.TrainerState;

/**
 * A directory that holds a policy with its optimiser, and {@code state.json}: what the state
 * belongs to, and the SHA-256 of every other file. It is written beside its place and moved there,
 * so it is whole or not there; what has changed since is noticed when it is read.
 */
public final class SavedPolicy {

  /** Directory of the critic within that of the policy. */
  public static final String CRITIC = "critic";

  private static final String STATE = "state.json";
  private static final String FILES = "files_sha256";
  private static final int SCHEMA = 1;

  private SavedPolicy() {}

  /**
   * Saves {@code policy}, and a critic of its own beside it, as {@code directory}; one that is
   * there already is kept.
   *
   * @param trainer what the trainer carries, if there is one
   * @param describe adds to the state what belongs to it
   */
  static void write(
      Path directory,
      Policy policy,
      Optional<Critic> critic,
      Optional<TrainerState> trainer,
      Consumer<ObjectNode> describe)
      throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    Files.createDirectories(directory.toAbsolutePath().getParent());
    Path draft =
        directory.resolveSibling(
            "." + directory.getFileName() + "." + ProcessHandle.current().pid());
    AtomicFiles.deleteDirectory(draft);
    Files.createDirectory(draft);
    policy.save(draft);
    if (critic.isPresent() && critic.get().parameterCount() > 0) {
      critic.get().save(Files.createDirectory(draft.resolve(CRITIC)));
    }
    if (trainer.isPresent()) {
      TrainerStateFiles.write(draft, trainer.get());
    }
    ObjectNode state = Json.object();
    state.put("schema", SCHEMA);
    state.put("policy_version", policy.version());
    describe.accept(state);
    ObjectNode hashes = state.putObject(FILES);
    for (Path file : files(draft)) {
      hashes.put(name(draft, file), AtomicFiles.sha256(file));
    }
    Files.writeString(draft.resolve(STATE), Json.pretty(state));
    try {
      AtomicFiles.move(draft, directory);
    } catch (IOException e) {
      if (!Files.exists(directory)) {
        throw e;
      }
      AtomicFiles.deleteDirectory(draft); // another process was faster
    }
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
      throw new IOException(directory + ": " + STATE + " is not of schema " + SCHEMA);
    }
    List<String> names = files(directory).stream().map(f -> name(directory, f)).toList();
    for (Map.Entry<String, JsonNode> file : state.path(FILES).properties()) {
      if (!names.contains(file.getKey())) {
        throw new IOException(directory + ": " + file.getKey() + " is missing");
      }
      if (!AtomicFiles.sha256(directory.resolve(file.getKey())).equals(file.getValue().asText())) {
        throw new IOException(
            directory + ": " + file.getKey() + " has changed since it was written");
      }
    }
    return state;
  }

  /** The path within {@code directory}, with slashes. */
  private static String name(Path directory, Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.getFileName().toString().equals(STATE))
          .sorted()
          .toList();
    }
  }
}
