package org.grpo4j.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grpo4j.declare.Kind;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.train.GrpoSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table in {@code docs/variants.md} is written by this test when it runs with {@code
 * -Ddocs.update=true}, and compared otherwise.
 */
class VariantsPageTest {

  private static final Path PAGE = Path.of("docs/variants.md");
  private static final String BEGIN = "<!-- presets -->\n";
  private static final String END = "<!-- /presets -->\n";

  @TempDir Path directory;

  @Test
  void tableIsThatOfThePresets() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    assertTrue(from >= BEGIN.length() && to >= from, "the page has the place of the table");
    String current = page.substring(0, from) + table() + page.substring(to);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, current);
    }
    assertEquals(
        current,
        Files.readString(PAGE),
        "run ./mvnw test -Dtest=VariantsPageTest -Ddocs.update=true");
  }

  private String table() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
        "| preset | P x G, epochs x steps | advantage | surrogate | ratio | aggregation | KL |"
            + " critic |\n"
            + "|---|---|---|---|---|---|---|---|\n");
    for (String preset : PresetsTest.presets()) {
      text.append(row(preset));
    }
    return text.toString();
  }

  private String row(String preset) throws IOException {
    Path file = directory.resolve("mine.yaml");
    Files.writeString(file, "extends: [think-add.yaml, presets/" + preset + "]\nname: mine\n");
    ExperimentConfig config =
        new ExperimentFiles(List.of(Path.of("experiments"))).read(file, List.of());
    GrpoSettings train = config.train();
    ObjectiveConfig objective = config.objective();
    return "| ["
        + preset.replace(".yaml", "")
        + "](../experiments/presets/"
        + preset
        + ") | "
        + train.promptsPerUpdate()
        + " x "
        + train.groupSize()
        + ", "
        + train.innerEpochs()
        + " x "
        + train.miniBatches()
        + " | "
        + cell(config.advantage())
        + " | "
        + cell(objective.surrogate())
        + " | "
        + cell(objective.ratioLevel())
        + " | "
        + cell(objective.aggregation())
        + " | "
        + cell(objective.kl())
        + " | "
        + (config.critic().isPresent() ? kind(config.critic()) : "none")
        + " |\n";
  }

  private static String kind(Object variant) {
    return variant.getClass().getAnnotation(Kind.class).value();
  }

  /** The kind and its settings in one line. */
  private static String cell(Object variant) {
    String settings =
        ConfigWriter.write((Record) variant)
            .strip()
            .replaceAll("\n\\s*", ", ")
            .replace(":,", ":")
            .replace(": ", " ");
    return kind(variant) + (settings.isEmpty() ? "" : ": " + settings);
  }
}
