package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The directory into which ND4J's native libraries are unpacked, once for each user: {@code
 * ~/.javacpp/cache}, or one in the directory for temporary files where that cannot be.
 */
final class NativesCache {

  private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  /** The libraries of one platform, unpacked. */
  private static final long BYTES = 420_000_000;

  private NativesCache() {}

  /**
   * Chooses the directory, before any of ND4J's classes is loaded.
   *
   * @param note told if it is not the usual one
   * @throws UsageException if there is no place at all
   */
  static void prepare(Consumer<String> note) {
    String chosen = System.getProperty(PROPERTY, System.getProperty("cachedir"));
    Path usual =
        chosen == null
            ? Path.of(System.getProperty("user.home"), ".javacpp", "cache")
            : Path.of(chosen);
    if (usual.isAbsolute() && hasRoom(usual)) {
      return;
    }
    String user = System.getProperty("user.name", "user");
    Path other = Path.of(System.getProperty("java.io.tmpdir"), "grpo4j-natives-" + user);
    if (chosen != null || !hasRoom(other)) {
      throw new UsageException(
          "%s: no place to unpack the native libraries (420 MB)\n  Name one: GRPO4J_JAVA_OPTS=-D%s=DIR"
              .formatted(usual, PROPERTY));
    }
    System.setProperty(PROPERTY, other.toString());
    note.accept(usual + ": cannot be written or is full; native libraries are in " + other);
  }

  /** Whether the libraries are there, or can be. */
  private static boolean hasRoom(Path directory) {
    try {
      Files.createDirectories(directory);
      Path probe = Files.createTempFile(directory, "probe", "");
      Files.writeString(probe, "room");
      Files.delete(probe);
      try (var entries = Files.list(directory)) {
        boolean unpacked = entries.anyMatch(one -> one.toString().contains("openblas"));
        return unpacked || Files.getFileStore(directory).getUsableSpace() >= BYTES;
      }
    } catch (IOException e) {
      return false;
    }
  }
}
