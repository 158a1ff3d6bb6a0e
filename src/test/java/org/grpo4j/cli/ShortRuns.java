package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Short runs of the real program for tests of the commands that look at runs. */
final class ShortRuns {

  private ShortRuns() {}

  /** Trains three updates of a preset on the smallest task; the run directory. */
  static Path train(Path directory, String preset) throws IOException {
    Path file = directory.resolve("short.yaml");
    Files.writeString(
        file,
        """
        extends: [digit-sum-mod10.yaml, presets/%s.yaml]
        name: short
        model: {kind: transformer, width: 8, heads: 2, feed_forward: 8}
        workers: 1
        evaluation: {every: 0, problems: 4, final_problems: 2, final_samples: 2, examples: 0}
        checkpoints: {every: 0}
        """
            .formatted(preset));
    Path runs = directory.resolve("runs");
    Cli train =
        Cli.run(
            "train",
            file.toString(),
            "--quiet",
            "--out",
            runs.toString(),
            "--set",
            "train.updates=3",
            "--set",
            "train.prompts=6",
            "--set",
            "train.group_size=16",
            "--set",
            "trace.groups=3",
            "--set",
            "trace.gradients_every=2");
    assertEquals(0, train.exitCode(), train.err());
    try (Stream<Path> found = Files.list(runs)) {
      return found
          .filter(path -> path.getFileName().toString().startsWith("short__"))
          .findFirst()
          .orElseThrow();
    }
  }
}
