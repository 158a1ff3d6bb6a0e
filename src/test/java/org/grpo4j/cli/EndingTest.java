package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every error has an exit code and a sentence: no stack trace unless it is asked for. */
class EndingTest {

  private static final String ESTIMATOR =
      """
      package my;
      import java.util.stream.IntStream;
      import org.grpo4j.advantage.*;
      import org.grpo4j.math.*;
      public record Greedy() implements AdvantageEstimator {
        public Advantages estimate(AdvantageInputs inputs) {
          if (inputs.rows() > 4) { %s }
          return Advantages.ofRows(this, inputs, new double[inputs.rows()]);
        }
        static int deeper(int n) { return deeper(n + 1) + 1; }
        public Explanation explain(AdvantageInputs inputs, int row, int token) {
          return Explanation.of(0, "A", "advantage");
        }
      }
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory of the heap  | long[][] all = new long[1 << 20][]; for (int i = 0; ; i++) all[i %"
            + " (1 << 20)] = new long[1 << 27]; | out of memory (Java heap space), with a heap of",
        "memory beside it    | throw new OutOfMemoryError(\"Physical memory usage is too high\"); |"
            + " out of memory (Physical memory usage is too high)",
        "memory in a thread  | try { java.util.concurrent.CompletableFuture.runAsync(() -> { throw"
            + " new OutOfMemoryError(\"there\"); }).get(); } catch (Exception e) { throw new"
            + " IllegalStateException(e); } | out of memory (there)",
        "a stack             | deeper(0); | unexpected: StackOverflowError",
        "another error       | throw new NoSuchMethodError(\"odd\"); | unexpected:"
            + " NoSuchMethodError: odd"
      })
  void anErrorIsAnEndingWithoutAStackTrace(String name, String statement, String said)
      throws IOException {
    Path classes = directory.resolve("classes");
    Compiled.file(classes, "my.Greedy", ESTIMATOR.formatted(statement));
    Cli cli = train("--set", "advantage={class: my.Greedy}", "--classpath", classes.toString());
    assertEquals(1, cli.exitCode(), cli.err());
    String error = cli.err().substring(cli.err().indexOf("error: "));
    assertTrue(error.startsWith("error: " + said), error);
    assertFalse(error.contains("\tat "), error);
    assertEquals(
        name.startsWith("memory"),
        error.contains("What is written is whole. To go on: ./grpo4j train --resume " + directory),
        error);
  }

  /** What is at fault is beside the run: it is whole, and the page can be had. */
  @Test
  void afterTheLastUpdateTheRunIsWhole() {
    Standing standing = new Standing();
    assertTrue(memory(standing).contains("the same command does it again"), memory(standing));
    standing.needs("heap 2 GB = this 1 GB + that 1 GB");
    assertTrue(memory(standing).contains("\n  heap 2 GB = this 1 GB + that 1 GB\n"));
  }

  private static String memory(Standing standing) {
    return Ending.of(new OutOfMemoryError("x"), standing, false).message();
  }

  @Test
  void everyProblemWithAFileIsASentence() {
    assertFile(new NoSuchFileException("a"), "a: is not there\n  Look at the path.");
    assertFile(new AccessDeniedException("a"), "a: no permission");
    assertFile(
        new FileSystemException("a", null, "Read-only file system"), "a: the file system is");
    assertFile(new ReadOnlyFileSystemException(), "the file system is read-only");
    assertFile(new FileSystemException("a", null, "Not a directory"), "a: a file is where");
    assertFile(new FileSystemException("a", null, "Is a directory"), "a: is a directory where");
    assertFile(new FileSystemException("a", null, "File name too long"), "a: the name is too long");
    assertFile(new FileSystemException("a", null, "something new"), "a: something new");
    assertFile(new MalformedInputException(1), "is not text in UTF-8");
    IOException full = new IOException("No space left on device");
    String freed = "the disk is full\n  Free some space. Nothing that was there is lost";
    assertFile(full, freed);
    assertFile(new UncheckedIOException("cannot write a", full), "cannot write a: " + freed);
    assertFile(
        new IllegalStateException(
            "a thread", new ExecutionException(new UncheckedIOException("cannot write b", full))),
        "cannot write b: " + freed);
    assertFile(
        new UncheckedIOException("cannot write a", new AccessDeniedException("a")),
        "cannot write a: no permission");
  }

  private static void assertFile(Exception error, String beginning) {
    Ending ending = Ending.of(error, new Standing(), false);
    assertEquals(2, ending.exitCode(), ending.message());
    assertTrue(ending.message().startsWith(beginning), ending.message());
  }

  @Test
  void realPlacesThatCannotBe() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertPlace("a file is where a directory is needed", "--out", file + "/runs");
    assertPlace("the name is too long", "--out", directory + "/" + "n".repeat(300));
    assertPlace("nul character not allowed", "--out", directory + "/a\0b");
    for (String command : List.of("compare", "verify", "eval", "report", "explain")) {
      Cli nul = Cli.run(command, "a\0b");
      assertEquals(2, nul.exitCode(), command + nul.err());
      assertFalse(nul.err().contains("unexpected"), nul.err());
    }
    Cli verify = Cli.run("verify", directory.toString());
    assertEquals(2, verify.exitCode(), verify.err());
    assertTrue(verify.err().contains("is a directory where a file is needed"), verify.err());
  }

  private void assertPlace(String reason, String... arguments) throws IOException {
    Cli cli = train(arguments);
    assertEquals(2, cli.exitCode(), cli.err());
    assertTrue(cli.err().toLowerCase(java.util.Locale.ROOT).contains(reason), cli.err());
    assertFalse(cli.err().contains("unexpected"), cli.err());
  }

  /** {@code /dev/full} is a disk without space, for real. */
  @Test
  @DisabledOnOs({OS.WINDOWS, OS.MAC})
  void aDiskWithoutSpaceSaysHowToGoOn() {
    Exception full = null;
    try (FileOutputStream out = new FileOutputStream("/dev/full")) {
      out.write(1);
    } catch (IOException e) {
      full = new UncheckedIOException("cannot write runs/x/metrics.jsonl", e);
    }
    assertFile(full, "cannot write runs/x/metrics.jsonl: the disk is full\n  Free some space. ");
  }

  private Cli train(String... more) throws IOException {
    Path file = directory.resolve("tiny.yaml");
    Files.writeString(
        file,
        """
        name: tiny
        task: think-add
        model: {width: 8, heads: 2, feed_forward: 8}
        cold_start: {steps: 0}
        train: {updates: 2, prompts: 4, group_size: 4}
        evaluation: {every: 0, problems: 4, final_problems: 2, final_samples: 2, examples: 0}
        """);
    List<String> arguments = new ArrayList<>(List.of("train", file.toString()));
    if (!List.of(more).contains("--out")) {
      arguments.addAll(List.of("--out", directory.toString()));
    }
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(new String[0]));
  }
}
