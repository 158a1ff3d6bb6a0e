package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.Interval;
import org.grpo4j.experiment.config.Settings;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.whatif.Values;
import org.grpo4j.whatif.Variants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page makes of every kind and its settings the record that an experiment file makes. */
class VariantsTest {

  private static final String FACTORIES = "src/main/java/org/grpo4j/whatif/Variants.java";
  private static final Path EQUATIONS =
      Path.of("src/main/resources/org/grpo4j/report/page/equations.js");
  private static final JsonNode CHOICES = WhatIfJson.choices();

  @TempDir Path directory;

  /** A kind of a column and where it stands in a file. */
  record Listed(String column, String key, Class<?> kind) {

    String id() {
      return Settings.kind(kind).value();
    }

    /** What the page says of it; empty if it does not offer it. */
    Optional<JsonNode> choice() {
      for (JsonNode variant : CHOICES.get(column)) {
        if (variant.get("id").asText().equals(id())) {
          return Optional.of(variant);
        }
      }
      return Optional.empty();
    }

    @Override
    public String toString() {
      return id();
    }
  }

  static List<Listed> listed() {
    return Stream.of(
            kinds("estimator", "advantage", AdvantageEstimator.class),
            kinds("surrogate", "objective.surrogate", Surrogate.class),
            kinds("ratioLevel", "objective.ratio_level", RatioLevel.class),
            kinds("aggregation", "objective.aggregation", Aggregation.class))
        .flatMap(kinds -> kinds)
        .toList();
  }

  private static Stream<Listed> kinds(String column, String key, Class<?> family) {
    return Settings.kinds(family).values().stream().map(kind -> new Listed(column, key, kind));
  }

  @ParameterizedTest
  @MethodSource("listed")
  void aKindWithItsDefaultsIsTheFilesKind(Listed listed) throws IOException {
    if (listed.choice().isEmpty()) {
      return; // It needs what no page has, and stays as the run computed it.
    }
    ObjectNode settings = settings(file(List.of(withRequired(listed))));
    ObjectNode side = (ObjectNode) settings.get(side(listed));
    for (JsonNode parameter : listed.choice().get().get("parameters")) {
      if (parameter.has("default")) {
        side.set(parameter.get("name").asText(), parameter.get("default"));
      }
    }
    assertSame(listed, file(List.of(withRequired(listed))), settings);
  }

  @ParameterizedTest
  @MethodSource("listed")
  void aKindWithOtherSettingsIsTheFilesKind(Listed listed) throws IOException {
    if (listed.choice().isPresent()) {
      ExperimentConfig file = file(List.of(listed.key() + "=" + section(listed.kind(), true)));
      assertSame(listed, file, settings(file));
    }
  }

  @Test
  void theKlPenaltyIsTheFiles() throws IOException {
    ExperimentConfig file =
        file(
            List.of(
                "objective.kl={kind: loss, coefficient: 0.5, estimator: k1, ratio_weighted: true,"
                    + " log_bound: 3, value_bound: 7}",
                "objective.log_ratio_bound=11",
                "objective.off_policy_threshold=0.5",
                "objective.entropy_coefficient=0.5"));
    assertEquals(
        file.objective().objective(), Variants.objective(values(settings(file).get("objective"))));
    JsonNode parameters = CHOICES.get("parameters");
    ObjectNode objective = (ObjectNode) settings(file).get("objective");
    for (JsonNode parameter : parameters) {
      assertTrue(objective.has(parameter.get("name").asText()), parameter.toString());
    }
  }

  /** The page finds the equation of a number at the kind that computes it. */
  @ParameterizedTest
  @MethodSource("listed")
  void aKindDeclaresItsEquation(Listed listed) throws IOException {
    String file = "/" + listed.kind().getSimpleName() + ".java";
    List<String> named = new ArrayList<>();
    for (String line : Files.readAllLines(EQUATIONS)) {
      String[] columns = line.split("\t");
      if (columns.length > 3 && columns[3].endsWith(file)) {
        named.add(columns[0].strip());
      }
    }
    String equation = String.valueOf(Settings.kind(listed.kind()).equation());
    assertTrue(
        named.isEmpty() || named.contains(equation),
        "equation = one of " + named + " at " + listed.kind() + ", has " + equation);
  }

  private static void assertSame(Listed listed, ExperimentConfig file, ObjectNode settings) {
    try {
      assertEquals(
          Optional.of(file.advantage()), Variants.estimator(values(settings.get("advantage"))));
      assertEquals(
          file.objective().objective(), Variants.objective(values(settings.get("objective"))));
    } catch (IllegalArgumentException e) {
      throw new AssertionError(
          "add " + listed.kind().getSimpleName() + " to " + FACTORIES + ": " + e.getMessage(), e);
    }
  }

  private static String side(Listed listed) {
    return listed.key().equals("advantage") ? "advantage" : "objective";
  }

  private static ObjectNode settings(ExperimentConfig config) {
    GrpoObjective objective = config.objective().objective();
    return WhatIfJson.settings(Optional.of(config.advantage()), objective);
  }

  private ExperimentConfig file(List<String> overrides) throws IOException {
    Path file = directory.resolve("mine.yaml");
    Files.writeString(file, "extends: think-add.yaml\nname: mine\n");
    return new ExperimentFiles(List.of(Path.of("experiments"))).read(file, overrides);
  }

  private static String withRequired(Listed listed) {
    return listed.key() + "=" + section(listed.kind(), false);
  }

  /** A kind as a file has it, with other settings than the defaults, or only those without one. */
  private static String section(Class<?> kind, boolean all) {
    StringBuilder text = new StringBuilder("{");
    if (kind.isAnnotationPresent(org.grpo4j.declare.Kind.class)) {
      text.append("kind: ").append(Settings.kind(kind).value());
    }
    for (Settings.Entry setting : Settings.of(kind)) {
      boolean required = setting.annotation().byDefault().isEmpty();
      if (all || (required && !setting.elementType().isRecord())) {
        text.append(text.length() > 1 ? ", " : "")
            .append(setting.key())
            .append(": ")
            .append(other(setting));
      }
    }
    return text.append('}').toString();
  }

  /** A value that is not the default. */
  private static String other(Settings.Entry setting) {
    Class<?> type = setting.elementType();
    String standard = setting.annotation().byDefault();
    if (type.isRecord()) {
      String section = section(type, true);
      return setting.isChoice() ? section : section.replaceFirst("kind: [a-z-]+, ", "");
    }
    if (type == boolean.class) {
      return String.valueOf(!Boolean.parseBoolean(standard));
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (!Settings.constant((Enum<?>) constant).equals(standard)) {
          return Settings.constant((Enum<?>) constant);
        }
      }
    }
    Interval range = Interval.parse(setting.annotation().range());
    double value = standard.isEmpty() ? 2 : Double.parseDouble(standard);
    return String.valueOf(range.contains(value + 0.25) ? value + 0.25 : value - 0.25);
  }

  static Values values(JsonNode node) {
    Values values = new Values();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      if (value.isNumber()) {
        values.with(entry.getKey(), value.asDouble());
      } else {
        values.with(entry.getKey(), value.asText());
      }
    }
    return values;
  }
}
