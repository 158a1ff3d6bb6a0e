package org.grpo4j.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the playground's page from what the build has made: its last step. */
final class PlaygroundFile {

  private PlaygroundFile() {}

  /** The argument is the file to write. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, PlaygroundPage.made());
  }
}
