package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.whatif.SettingValues;
import org.grpo4j.whatif.WhatIfSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page hands to the core is the algorithm the run was trained with. */
class WhatIfJsonTest {

  private static final Path EXPERIMENTS = Path.of("experiments");

  /** These look at more than one reward for each completion, REINFORCE++ at a penalty by token. */
  private static final Set<String> AS_TRACED =
      Set.of(
          "ppo.yaml",
          "ppo-value-head.yaml",
          "gdpo.yaml",
          "process-supervision.yaml",
          "reinforce-plus-plus.yaml",
          "sum-then-normalize.yaml");

  @TempDir Path temporary;

  static List<String> presets() throws IOException {
    try (Stream<Path> paths = Files.list(EXPERIMENTS.resolve("presets"))) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** Somebody's own classes: the page takes advantages from the trace, and offers no what-if. */
  @Test
  void whatTheCoreDoesNotHaveIsNotHandedOver() {
    ObjectNode run = Json.object();
    WhatIfJson.put(
        run, Map.of("advantage.kind", "gentle-mean", "objective.surrogate.kind", "clip"));
    assertEquals("as-traced", run.at("/what_if/advantage/estimator").asText());
    assertEquals("clip", run.at("/what_if/objective/surrogate").asText());
    for (String column : List.of("surrogate", "ratio_level", "aggregation")) {
      ObjectNode other = Json.object();
      WhatIfJson.put(other, Map.of("objective." + column + ".kind", "my-own"));
      assertEquals(Json.object(), other, column);
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void everyPresetIsHandedOverAsItIs(String preset) throws IOException {
    Path file = temporary.resolve("mine.yaml");
    Files.writeString(file, "extends: [think-add.yaml, presets/" + preset + "]\nname: mine\n");
    ExperimentConfig config = new ExperimentFiles(List.of(EXPERIMENTS)).read(file, List.of());
    Path written = temporary.resolve("config.yaml");
    Files.writeString(written, ConfigWriter.write(config));

    ObjectNode run = Json.object();
    WhatIfJson.put(run, RunSettings.flat(written));
    WhatIfSettings settings =
        new WhatIfSettings(
            values(run.at("/what_if/advantage")), values(run.at("/what_if/objective")));

    Optional<AdvantageEstimator> expected =
        AS_TRACED.contains(preset)
            ? Optional.empty()
            : Optional.of(config.advantage().weighted(config.reward().weights()));
    assertEquals(expected, settings.estimator());
    assertEquals(config.objective().objective(), settings.grpoObjective());
  }

  private static SettingValues values(JsonNode node) {
    SettingValues values = SettingValues.defaults();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      values =
          value.isNumber()
              ? values.with(entry.getKey(), value.asDouble())
              : values.with(entry.getKey(), value.asText());
    }
    return values;
  }
}
