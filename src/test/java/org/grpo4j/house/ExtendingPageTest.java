package org.grpo4j.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/extending.md} followed word for word in a copy of the tree: its files written, its
 * lines added, its commands typed. The page lies if this fails.
 */
class ExtendingPageTest {

  /** What else a new class must not upset, beside the tests that the page names. */
  private static final List<String> ALSO =
      List.of(
          "SourceTest", "ArchitectureTest", "DocsTest", "ConfigurationPageTest", "VariantsTest");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final String MAVEN = "./mvnw test ";

  @Test
  void thePageIsTrueWordForWord(@TempDir Path directory) throws Exception {
    ExtendingPage page = ExtendingPage.of(Files.readString(ExtendingPage.PAGE));
    Workshop workshop = Workshop.open(directory);
    for (ExtendingPage.NewFile file : page.steps(ExtendingPage.NewFile.class)) {
      file.follow(directory);
    }
    for (ExtendingPage.Added added : page.steps(ExtendingPage.Added.class)) {
      added.follow(directory);
    }
    Set<String> tests = new TreeSet<>(ALSO);
    for (ExtendingPage.Command command : page.steps(ExtendingPage.Command.class)) {
      if (command.text().startsWith(MAVEN)) {
        tests.addAll(named(words(command.text())));
      }
    }
    workshop.compile(tests);
    for (ExtendingPage.Command command : page.steps(ExtendingPage.Command.class)) {
      List<String> words = words(command.text());
      if (command.text().startsWith("./grpo4j ")) {
        String said = workshop.grpo4j(words.subList(1, words.size()));
        String expected =
            words.get(1).equals("train") ? "report.html" : "A = strength * (r - median)";
        assertTrue(said.contains(expected), said);
      } else if (words.get(0).equals("javac")) {
        workshop.javac(words.subList(1, words.size()));
      } else if (command.text().startsWith(MAVEN)) {
        List<String> named = named(words);
        if (words.contains("-Ddocs.update=true")) {
          workshop.test(named, List.of("-Ddocs.update=true"));
        }
      } else {
        throw new AssertionError(
            ExtendingPage.where(command.line()) + "nobody knows how to run: " + command.text());
      }
    }
    workshop.test(List.copyOf(tests), List.of());
  }

  @Test
  void aWrongLineIsNamed(@TempDir Path directory) throws Exception {
    String text = "In `A.java`, below `b();`:\n\n```java\nc();\n```\n\nSo:\n\n```java\nd();\n```\n";
    assertEquals(
        "docs/extending.md:9: the block needs a line above it such as \"New file `PATH`:\""
            + " or \"In `PATH`, below `LINE`:\", has: So:",
        assertThrows(AssertionError.class, () -> ExtendingPage.of(text)).getMessage());
    ExtendingPage.Added added =
        ExtendingPage.of(text.substring(0, text.indexOf("So:")))
            .steps(ExtendingPage.Added.class)
            .get(0);
    Files.writeString(directory.resolve("A.java"), "a();\n");
    assertEquals(
        "docs/extending.md:3: adds below the line `b();` of A.java, which has no such line",
        assertThrows(AssertionError.class, () -> added.follow(directory)).getMessage());
    Files.writeString(directory.resolve("A.java"), "a();\nb();\n");
    added.follow(directory);
    assertEquals("a();\nb();\nc();\n", Files.readString(directory.resolve("A.java")));
  }

  /** The words of a command as a shell reads them. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  /** The classes of {@code -Dtest=A,B}. */
  private static List<String> named(List<String> words) {
    for (String word : words) {
      if (word.startsWith("-Dtest=")) {
        return Arrays.asList(word.substring("-Dtest=".length()).split(","));
      }
    }
    throw new AssertionError("no -Dtest= in " + words);
  }
}
