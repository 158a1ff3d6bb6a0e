package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes that are killed or asked to stop: two seconds later nothing of them is there. */
@DisabledOnOs(OS.WINDOWS)
class SuddenEndTest {

  private static final long START_SECONDS = 60;

  /** Two seconds, and as much again where the machine has other things to do. */
  private static final long END_MILLIS = 4_000;

  private static final String ENDLESS =
      """
      name: endless
      task: think-add
      model: {width: 64, heads: 2, feed_forward: 256}
      cold_start: {steps: %s, corpus_size: 200}
      train: {updates: %s, prompts: 16, group_size: 4, inner_epochs: %s}
      evaluation: {every: 0, problems: 4, final_problems: 2, final_samples: 2, examples: 0}
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"log.txt, 1000000, 1", "metrics.jsonl, 0, 1000000"})
  void runsDieWithTheSweepThatWasKilled(String growing, int steps, int updates) throws Exception {
    Process sweep =
        start("compare", experiment(steps, updates, 1), "--jobs", "2", "--seeds", "1-2", "--runs");
    List<ProcessHandle> children;
    try {
      await(sweep, growing, 2);
      children = sweep.descendants().toList();
      assertEquals(2, children.size());
    } finally {
      sweep.destroyForcibly();
    }
    for (ProcessHandle child : children) {
      awaitEnd(child);
    }
  }

  /** An update of a thousand epochs takes longer than anybody waits. */
  @Test
  void aStopInTheMiddleOfALongUpdateIsFollowed() throws Exception {
    Process train = start("train", experiment(0, 2_000, 1000), "--out");
    try {
      await(train, "metrics.jsonl", 1); // written as the third update begins
      Thread.sleep(500);
      long asked = System.nanoTime();
      train.destroy();
      assertTrue(train.waitFor(30, TimeUnit.SECONDS), "it does not end at all");
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
      assertTrue(millis <= END_MILLIS, "it took " + millis + " ms");
      assertEquals(143, train.exitValue());
      String log = Files.readString(directory.resolve("log"));
      assertTrue(log.contains("stopped at once"), log);
      String run = directory + "/runs/endless__1__";
      boolean resume = log.contains("To go on: ./grpo4j train --resume " + run);
      boolean page = log.contains("Its page: ./grpo4j report " + run); // the update ended just then
      assertTrue(resume || page, log);
    } finally {
      train.destroyForcibly();
    }
  }

  @Test
  void aShortUpdateEndsInOrder() throws Exception {
    Process train = start("train", experiment(0, 1_000_000, 1), "--out");
    try {
      await(train, "metrics.jsonl", 1);
      train.destroy();
      assertTrue(train.waitFor(END_MILLIS, TimeUnit.MILLISECONDS), "it does not end");
      assertEquals(143, train.exitValue());
      String log = Files.readString(directory.resolve("log"));
      assertTrue(log.contains("interrupted after") || log.contains("stopped at once"), log);
    } finally {
      train.destroyForcibly();
    }
  }

  private static void awaitEnd(ProcessHandle process) throws Exception {
    try {
      process.onExit().get(END_MILLIS, TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Waits until this file of as many runs holds something. */
  private void await(Process process, String file, int runs) throws Exception {
    Path log = directory.resolve("log");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (written(file) < runs) {
      assertTrue(process.isAlive(), () -> "it has ended: " + read(log));
      assertTrue(System.nanoTime() < end, () -> file + " is not written: " + read(log));
      Thread.sleep(50);
    }
  }

  private long written(String file) {
    try (Stream<Path> all = Files.walk(directory.resolve("runs"))) {
      return all.filter(path -> path.endsWith(file) && path.toFile().length() > 0).count();
    } catch (IOException | UncheckedIOException e) {
      return 0; // not yet
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Path experiment(int steps, int updates, int epochs) throws IOException {
    Path file = directory.resolve("endless.yaml");
    return Files.writeString(file, ENDLESS.formatted(steps, updates, epochs));
  }

  /** This program; runs go to {@code runs}. */
  private Process start(String command, Path experiment, String... options) throws IOException {
    List<String> words = new ArrayList<>(JavaCommand.ofThisProcess(Main.class.getName()).words());
    if (command.equals("compare")) { // three that only have to begin
      words.add(1, "-XX:TieredStopAtLevel=1");
    }
    words.add(command);
    words.add(experiment.toString());
    words.addAll(List.of(options));
    words.add(directory.resolve("runs").toString());
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
  }
}
