package org.grpo4j.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way we could think of to get an experiment file wrong has one clear message. */
class MalformedFilesTest {

  private static final Path DIRECTORY = Path.of("src/test/resources/malformed");

  private final ExperimentFiles files = new ExperimentFiles(List.of());

  static Stream<Arguments> malformed() throws IOException {
    return Files.readAllLines(DIRECTORY.resolve("expected.txt")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" \\| ", 2))
        .map(parts -> Arguments.of(parts[0], parts[1]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void hasOneClearError(String file, String expected) {
    ConfigException error = refused(DIRECTORY.resolve(file));
    assertEquals(1, error.problems().size(), error.getMessage());
    assertTrue(
        error.getMessage().startsWith(DIRECTORY + "/" + expected),
        () -> "expected: " + expected + "\nbut was:  " + error.getMessage());
    assertTrue(error.getMessage().lines().count() <= 2, error.getMessage());
    assertTrue(
        error.getMessage().lines().allMatch(line -> line.length() < 400), error.getMessage());
  }

  @Test
  void everyFileIsInTheTable() throws IOException {
    long inTable = malformed().count();
    try (Stream<Path> paths = Files.list(DIRECTORY)) {
      assertEquals(paths.count() - 1, inTable);
    }
  }

  @Test
  void severalProblemsAreAllReported(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("three.yaml");
    Files.writeString(
        file, "name: x\ntask: think-add\nseed: -1\ntrain:\n  updatez: 3\n  prompts: 0\n");
    List<String> lines = refused(file).problems().stream().map(problem -> problem.path()).toList();
    assertEquals(List.of("seed", "train.updatez", "train.prompts"), lines);
  }

  /** What is written in one word elsewhere is a list or a section here: the error shows how. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "reward: close>Write {parts: [{name: correct}]}; known settings: parts, overlong",
        "reward: {parts: {close: 1}}>Write [{name: correct}] or one `- item` a line.",
        "reward: {parts: close}>Write [{name: correct}] or one `- item` a line.",
        "reward: {parts: [close]}>Write {name: ...}; known settings: name, weight, for",
      })
  void theErrorShowsTheRightForm(String line, String remedy, @TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("form.yaml");
    Files.writeString(file, "name: x\ntask: think-add\n" + line + "\n");
    assertEquals(remedy, refused(file).problems().get(0).remedy());
  }

  @Test
  void missingDirectoryAndHugeFilesAreRefused(@TempDir Path directory) throws IOException {
    Path missing = directory.resolve("missing.yaml");
    assertEquals(missing + ": there is no such file", firstLine(missing));
    assertEquals(directory + ": is not a file", firstLine(directory));
    Path huge = directory.resolve("huge.yaml");
    Files.write(huge, "# x\n".repeat(400_000).getBytes(StandardCharsets.UTF_8));
    assertEquals(huge + ": is larger than 1 MiB", firstLine(huge));
  }

  private String firstLine(Path file) {
    return refused(file).getMessage().lines().findFirst().orElseThrow();
  }

  private ConfigException refused(Path file) {
    return assertThrows(ConfigException.class, () -> files.read(file, List.of()));
  }
}
