package org.grpo4j.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project, for tests that read them. Tests run in the project's directory. */
final class Sources {

  private Sources() {}

  /** The Java files below {@code root}, sorted. */
  static List<Path> under(Path root) throws IOException {
    return files(root, ".java");
  }

  /** The files below {@code root} whose names end in {@code ending}, sorted. */
  static List<Path> files(Path root, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
