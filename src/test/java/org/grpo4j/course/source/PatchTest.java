package org.grpo4j.course.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults put into the library's sources, and what the compiler says of the outcome. */
class PatchTest {

  private static final String FILE = "org/grpo4j/advantage/GroupRelativeAdvantage.java";

  private static final String YAML =
      """
      - id: mean-not-taken-off
        file: %s
        find: |2-
              double groupMean = group.mean();
              double centredReward = reward - groupMean;
        replace: |2-
              double groupMean = group.mean();
              double centredReward =
                  reward;
        title: A title
        what: A sentence.
        symptom: A symptom.
        seen: Nowhere.
      """
          .formatted(FILE);

  @TempDir private Path directory;

  @Test
  void packedSourcesAreTheSources() throws IOException {
    assertEquals(
        Files.readString(Path.of("src/main/java").resolve(FILE)).replace("\r\n", "\n"),
        RealSource.of(FILE));
    assertEquals(
        "sources/org/grpo4j/Nowhere.java: is not packed with the program",
        message(() -> RealSource.of("org/grpo4j/Nowhere.java")));
  }

  @Test
  void putsAFaultInAndKnowsItsLines() throws IOException {
    Patch patch = list(YAML, "patches").get(0);
    String source = RealSource.of(FILE);
    List<String> patched = patch.apply(source).lines().toList();
    Patch.Lines lines = patch.lines(source);
    assertEquals(2, lines.last() - lines.first());
    assertEquals("    double groupMean = group.mean();", patched.get(lines.first() - 1));
    assertEquals("        reward;", patched.get(lines.last() - 1));
    assertEquals(source.lines().count() + 1, patched.size());
    String classPath = System.getProperty("java.class.path");
    assertEquals(
        List.of(),
        SourceCompiler.compile(
            Map.of(FILE, patch.apply(source)), classPath, directory.resolve("a")));
    assertTrue(Files.exists(directory.resolve("a").resolve(FILE.replace(".java", ".class"))));
  }

  @Test
  void saysWhatIsWrongWithAPatch() {
    assertEquals(
        "patches: [0]->[\"wat\"]: Unrecognized field \"wat\"",
        message(() -> list(YAML.replace("  seen:", "  wat: 1\n  seen:"), "patches"))
            .split(" \\(class")[0]);
    Patch patch = list(YAML, "patches").get(0);
    assertTrue(message(() -> patch.apply("nothing")).contains("find: is not in " + FILE));
    String twice = patch.find() + patch.find();
    assertTrue(message(() -> patch.apply(twice)).contains("is more than once in"));
    assertTrue(message(() -> list("a: [", "patches")).startsWith("patches:1: not valid"));
    String missing = YAML.replace("  seen: Nowhere.\n", "");
    assertTrue(message(() -> list(missing, "p")).contains("seen: is missing or blank"));
  }

  @Test
  void namesFileAndLineOfAnError() throws IOException {
    Map<String, String> sources = Map.of("a/B.java", "package a;\n\nclass B {\n  int x = y;\n}\n");
    assertEquals(
        List.of("a/B.java:4: cannot find symbol variable y"),
        SourceCompiler.compile(sources, "", directory));
    Path file = directory.resolve("a/B.java");
    Files.createDirectories(directory.resolve("a"));
    Files.writeString(file, "package a;\n\nclass B {\n  void x() { x(1); }\n}\n");
    assertEquals(
        List.of(
            "a/B.java:4: method x in class a.B cannot be applied to given types;"
                + " required: no arguments; found:    int; reason: actual and formal argument"
                + " lists differ in length"),
        SourceCompiler.compile(directory, List.of(file), "", directory));
  }

  private static List<Patch> list(String yaml, String name) {
    return CourseYaml.read(yaml, name, new TypeReference<>() {});
  }

  private static String message(org.junit.jupiter.api.function.Executable attempt) {
    return assertThrows(IllegalArgumentException.class, attempt).getMessage();
  }
}
