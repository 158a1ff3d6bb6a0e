package org.grpo4j.playground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grpo4j.policy.Workers;

/** The page of the playground, and the policy that it brings, made once for all tests. */
final class BuiltPage {

  static final byte[] START = start();
  static final Path FILE = file();

  private BuiltPage() {}

  /** As the build has made it. */
  private static byte[] start() {
    Path built = Path.of("target", "playground", "cold-start.bin");
    if (Files.exists(built)) {
      try {
        return Files.readAllBytes(built);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    try (Workers workers = new Workers(2)) {
      return ShippedStart.thinkAdd(workers, step -> {});
    }
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("playground", ".html");
      file.toFile().deleteOnExit();
      return Files.writeString(file, PlaygroundPage.made(START));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
