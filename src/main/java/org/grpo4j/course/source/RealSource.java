package org.grpo4j.course.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sources of the running program, of the packages that labs are about: {@code advantage},
 * {@code objective}, {@code policy} and {@code train}. The build packs them beside the classes.
 */
public final class RealSource {

  private RealSource() {}

  /**
   * The text of a source file.
   *
   * @param file its path below {@code src/main/java}, such as {@code
   *     org/grpo4j/advantage/Whitening.java}
   * @throws IllegalArgumentException if it is not packed
   */
  public static String of(String file) {
    return resource("sources/" + file);
  }

  /**
   * The text of a resource of the course.
   *
   * @param name its path below {@code org/grpo4j/course/}
   * @throws IllegalArgumentException if there is none
   */
  public static String resource(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException(name + ": is not packed with the program"));
  }

  /** The same; empty if there is none. */
  public static Optional<String> find(String name) {
    try (InputStream text = RealSource.class.getResourceAsStream("/org/grpo4j/course/" + name)) {
      return text == null
          ? Optional.empty()
          : Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /**
   * The files of one directory of the program, be it a jar or classes, not of those below it:
   * contents by name.
   *
   * @param directory its path from the root, such as {@code org/grpo4j/math}
   */
  public static SortedMap<String, byte[]> in(String directory) {
    try {
      URI location = RealSource.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path root = Path.of(location);
      if (Files.isDirectory(root)) {
        return read(root.resolve(directory));
      }
      try (FileSystem jar = FileSystems.newFileSystem(root)) {
        return read(jar.getPath(directory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(directory, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path of the running program", e);
    }
  }

  private static SortedMap<String, byte[]> read(Path directory) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> all = Files.list(directory)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }
}
