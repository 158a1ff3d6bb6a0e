package org.grpo4j.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.grpo4j.policy.Workers;

/** Writes the playground's page from what the build has made: its last step. */
final class PlaygroundFile {

  private static final int STEPS_A_LINE = 500;

  private PlaygroundFile() {}

  /** The arguments are the file to write and that of the policy it brings, made if missing. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Path start = Path.of(arguments[1]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (!Files.exists(start)) {
      Files.write(start, start());
    }
    Files.writeString(file, PlaygroundPage.made(Files.readAllBytes(start)));
    System.out.printf(Locale.ROOT, "%s: %,d bytes%n", file, Files.size(file));
  }

  private static byte[] start() {
    try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
      return ShippedStart.thinkAdd(
          workers,
          step -> {
            if (step.stepsDone() % STEPS_A_LINE == 0) {
              System.out.printf(
                  Locale.ROOT,
                  "cold start: %d of %d steps, loss %.3f%n",
                  step.stepsDone(),
                  step.steps(),
                  step.loss());
            }
          });
    }
  }
}
