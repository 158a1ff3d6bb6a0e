package org.grpo4j.course.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
}
