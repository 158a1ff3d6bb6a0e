package org.grpo4j.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.grpo4j.experiment.config.ConfigReference;
import org.grpo4j.experiment.config.ConfigurationTables;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} is written by this test when it runs with {@code
 * -Ddocs.update=true}, and compared otherwise.
 */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final String COMMAND =
      "./mvnw test -Dtest=ConfigurationPageTest -Ddocs.update=true";
  private static final String INTRODUCTION =
      """
      # Experiment files

      Every setting of an experiment file. This page is generated from the records that read the
      files, like the text of `./grpo4j train --help-config`.

      A setting is written `key: value`; sections are indented. `name` and `task` must be given,
      everything else has a default. `extends: other.yaml` starts from another file. On the command
      line, `--set train.group_size=16` changes one setting. Reading is strict: an unknown key, a
      repeated key, a value of the wrong type or out of range is an error with its line.

      Where one of several *kinds* is chosen, `surrogate: clip` takes the kind's defaults, and
      `surrogate: {kind: clip, clip_high: 0.28}` changes some.

      """;

  @Test
  void pageIsCurrent() throws IOException {
    String page = INTRODUCTION + ConfigurationTables.of(ExperimentConfig.class);
    if (Boolean.getBoolean("docs.update")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertEquals("", firstDifference(page, Files.readString(PAGE)));
  }

  @Test
  void oneLineIsShownThatDiffers() {
    assertEquals("", firstDifference("a\nb\n", "a\nb\n"));
    assertEquals(
        "docs/configuration.md:2 must be \"c\", is \"b\"; it is written by " + COMMAND,
        firstDifference("a\nc\nb\n", "a\nb\n"));
    assertEquals(
        "docs/configuration.md:2 must be \"b\", is \"(the end)\"; it is written by " + COMMAND,
        firstDifference("a\nb\n", "a\n"));
  }

  private static String firstDifference(String expected, String actual) {
    if (expected.equals(actual)) {
      return "";
    }
    List<String> right = expected.lines().toList();
    List<String> found = actual.lines().toList();
    int line = 0;
    while (line < right.size() && line < found.size() && right.get(line).equals(found.get(line))) {
      line++;
    }
    return String.format(
        Locale.ROOT,
        "%s:%d must be \"%s\", is \"%s\"; it is written by %s",
        PAGE,
        line + 1,
        line < right.size() ? right.get(line) : "(the end)",
        line < found.size() ? found.get(line) : "(the end)",
        COMMAND);
  }

  @Test
  void plainReferenceNamesEverySettingWithItsDefault() {
    String text = ConfigReference.plain(ExperimentConfig.class);
    assertTrue(text.contains("train.group_size = 8\n"), text);
    assertTrue(text.contains("objective.surrogate.clip_low = 0.2\n"), text);
  }
}
