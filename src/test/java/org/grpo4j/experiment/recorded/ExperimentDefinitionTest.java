package org.grpo4j.experiment.recorded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentDefinitionTest {

  private static final String GOOD =
      """
      name: test
      question: Which?
      base: think-add.yaml
      seeds: 1-3
      variants:
        - name: one
        - name: two
          set: [train.group_size=4]
      measures:
        - name: late
          title: Late
          source: {kind: at-update, column: reward, updates_done: 5}
      bands:
        - {kind: within, measure: late, min: 0.5}
      """;

  @TempDir Path directory;

  static Stream<Path> definitions() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("experiments/recorded"))) {
      Stream<Path> recorded = files.filter(file -> file.toString().endsWith(".yaml"));
      return Stream.concat(recorded, Stream.of(Path.of("experiments/r1.yaml"))).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void everyVariantOfEveryDefinitionIsAValidExperiment(Path file) {
    ExperimentDefinition definition = ExperimentDefinition.read(file);
    assertEquals(file.getFileName().toString(), definition.name() + ".yaml");
    ExperimentFiles files = new ExperimentFiles(List.of(Path.of("experiments")));
    for (ExperimentDefinition.Variant variant : definition.variants()) {
      ExperimentConfig config =
          files.read(definition.baseFile(file, variant), definition.settings(variant));
      assertTrue(config.train().updates() + config.coldStart().steps() > 0);
    }
  }

  @Test
  void readsVariantsMeasuresAndBands() throws IOException {
    ExperimentDefinition definition = read(GOOD);
    assertEquals(List.of("train.group_size=4"), definition.settings(definition.variants().get(1)));
    assertEquals("late", definition.allMeasures().get(definition.allMeasures().size() - 1).name());
    assertTrue(definition.bands().get(0) instanceof Band.Within);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seeds: 1-3 | seeds: 3-1 | seeds: a range must go upwards",
        "name: two | name: one | variants: \"one\" is there twice",
        "name: late | name: greedy | measures: \"greedy\" is there already",
        "measure: late | measure: nothing | bands: measure: must be one of",
        "min: 0.5 | min: 0.5, max: 0.4 | min: must be at most max = 0.4, got 0.5",
        "min: 0.5 | variants: [one] | min: must be given if there is no max",
        "min: 0.5 | min: 0.5, variants: [three] | bands: variants: must be one of one, two, got",
        "kind: within | kind: witin | did you mean within?",
        "question | qestion | did you mean question?",
        "updates_done: 5 | updates_done: -5 | must be at least 0",
        "base: think-add.yaml | caution: none | base: must be given, or after, and not both"
      })
  void mistakesAreNamed(String right, String wrong, String message) {
    Exception error = assertThrows(ConfigException.class, () -> read(GOOD.replace(right, wrong)));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void variantsOfAnotherDefinitionComeFirstWithItsBaseSettingsAndMeasures() throws IOException {
    Path below = Files.createDirectory(directory.resolve("below"));
    Files.writeString(
        directory.resolve("first.yaml"),
        GOOD.replace("seeds: 1-3", "set: [train.updates=5]\ncolumns: [late]"));
    Path file =
        Files.writeString(
            below.resolve("second.yaml"),
            """
            name: second
            question: And then?
            after: ../first.yaml
            variants:
              - {name: three, set: [train.updates=6]}
            claims:
              - {said: more, there: "1 to 2", measure: late, variant: three, than: one, is: more}
            """);
    ExperimentDefinition second = ExperimentDefinition.read(file);
    assertEquals(
        List.of("one", "two", "three"),
        second.variants().stream().map(ExperimentDefinition.Variant::name).toList());
    assertEquals(List.of("late"), second.columns());
    assertEquals(
        List.of("train.updates=5", "train.updates=6"), second.settings(second.variants().get(2)));
    assertEquals(
        directory.resolve("think-add.yaml"),
        second.baseFile(file, second.variants().get(0)).normalize());
    for (String wrong :
        List.of("than: one|than: four", "name: three|name: two", "said: more|said: ' '")) {
      String[] parts = wrong.split("\\|");
      Path bad = Files.writeString(file, Files.readString(file).replace(parts[0], parts[1]));
      assertThrows(ConfigException.class, () -> ExperimentDefinition.read(bad), wrong);
      Files.writeString(file, Files.readString(file).replace(parts[1], parts[0]));
    }
    Files.writeString(file, Files.readString(file).replace("../first.yaml", "second.yaml"));
    Exception error = assertThrows(ConfigException.class, () -> ExperimentDefinition.read(file));
    assertTrue(error.getMessage().contains("comes after no other"), error.getMessage());
  }

  private ExperimentDefinition read(String text) throws IOException {
    return ExperimentDefinition.read(Files.writeString(directory.resolve("definition.yaml"), text));
  }
}
