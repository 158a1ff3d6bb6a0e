package org.grpo4j.course.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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
    return resource("/org/grpo4j/course/sources/" + file, file);
  }

  /**
   * The text of a resource of the course.
   *
   * @param name its path below {@code org/grpo4j/course/}
   * @throws IllegalArgumentException if there is none
   */
  public static String resource(String name) {
    return resource("/org/grpo4j/course/" + name, name);
  }

  private static String resource(String path, String name) {
    try (InputStream text = RealSource.class.getResourceAsStream(path)) {
      if (text == null) {
        throw new IllegalArgumentException(name + ": is not packed with the program");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
