package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check} names what is damaged, and nothing else. */
class CheckCommandTest {

  @TempDir Path directory;

  @Test
  void aCheckpointWithoutItsStateHasNoForeignFiles() throws IOException {
    Path file = directory.resolve("tiny.yaml");
    Files.writeString(
        file,
        """
        name: tiny
        task: few-sums
        model: {width: 4, heads: 1, feed_forward: 4}
        cold_start: {steps: 0}
        train: {updates: 2, prompts: 2, group_size: 4}
        evaluation: {every: 0, problems: 2, final_problems: 2, final_samples: 2, examples: 0}
        """);
    Cli train = Cli.run("train", file.toString(), "--out", directory.toString(), "--quiet");
    assertEquals(0, train.exitCode(), train.err());
    Path run;
    try (Stream<Path> paths = Files.list(directory)) {
      run = paths.filter(path -> path.toString().contains("tiny__")).findFirst().orElseThrow();
    }
    Path state = run.resolve("checkpoints/update-000002/state.json");
    Files.writeString(state, Files.readString(state).replace("\"schema\" : 2", "\"schema\" : 3"));
    assertEquals(List.of("checkpoints/update-000002/state.json changed at line 2"), bad(run));
    Files.delete(state);
    assertEquals(List.of("checkpoints/update-000002/state.json missing"), bad(run));
    Files.writeString(state.resolveSibling("../stranger"), "");
    assertTrue(bad(run).contains("checkpoints/stranger foreign"), bad(run)::toString);
  }

  private static List<String> bad(Path run) {
    Cli check = Cli.run("check", run.toString());
    assertEquals(4, check.exitCode(), check.err());
    return check
        .out()
        .lines()
        .skip(1)
        .filter(row -> !row.endsWith("whole"))
        .map(row -> row.strip().replaceAll(" +", " "))
        .toList();
  }
}
