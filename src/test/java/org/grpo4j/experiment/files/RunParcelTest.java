package org.grpo4j.experiment.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.cli.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunParcelTest {

  private static final String EXPERIMENT =
      """
      name: few
      task: few-sums
      model: table
      cold_start: {steps: 2, batch_size: 4, corpus_size: 16}
      train: {updates: 2, prompts: 2, group_size: 2}
      evaluation: {every: 0, problems: 4, final_problems: 4, final_samples: 2}
      """;

  @TempDir Path directory;

  private Path made() throws IOException {
    Path file = Files.writeString(directory.resolve("few.yaml"), EXPERIMENT);
    Path there = directory.resolve("there");
    assertEquals(
        0, Cli.run("train", file.toString(), "--out", there.toString(), "--quiet").exitCode());
    return runs(there).get(0);
  }

  private static List<Path> runs(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.filter(path -> !path.endsWith(".cold-start")).sorted().toList();
    }
  }

  @Test
  void aRunComesHomeWhole() throws IOException {
    Path run = made();
    byte[] parcel = RunParcel.pack(run);
    Path home = directory.resolve("home");
    Path first = RunParcel.unpack(parcel, home);
    Path second = RunParcel.unpack(parcel, home);
    assertEquals(run.getFileName(), first.getFileName());
    assertEquals(run.getFileName() + "-2", second.getFileName().toString());
    assertEquals(List.of(first, second), runs(home));
    try (Stream<Path> paths = Files.walk(run)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path other = first.resolve(run.relativize(path));
        assertArrayEquals(Files.readAllBytes(path), Files.readAllBytes(other), other + "");
      }
    }
  }

  @Test
  void aDamagedRunStaysOutside() throws IOException {
    Path run = made();
    Path metrics = run.resolve(RunDirectory.METRICS);
    Files.writeString(metrics, Files.readString(metrics).replaceFirst("1", "2"));
    byte[] parcel = RunParcel.pack(run);
    Path home = directory.resolve("home");
    IOException refused = assertThrows(IOException.class, () -> RunParcel.unpack(parcel, home));
    assertTrue(refused.getMessage().contains("metrics.jsonl"), refused.getMessage());
    assertEquals(List.of(), runs(home));
    assertThrows(IOException.class, () -> RunParcel.unpack(new byte[0], home));
  }
}
