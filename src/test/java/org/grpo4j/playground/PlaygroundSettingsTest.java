package org.grpo4j.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.ConfigSource;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.config.OutsideClasses;
import org.grpo4j.report.page.WhatIfJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers in the page's scripts are those of experiment files. */
class PlaygroundSettingsTest {

  private static final Path SCRIPTS = Path.of("src/main/resources/org/grpo4j/playground/page");
  private static final Pattern SETTING = Pattern.compile("\"([\\w.]+)\": (\"[^\"]*\"|[\\w.-]+)");

  /** Other on purpose: nobody waits for a warm-up here, and cold starts are the tasks' own. */
  private static final List<String> OTHERWISE = List.of("train.warmup_updates", "cold_start.steps");

  private static final ExperimentFiles FILES =
      new ExperimentFiles(List.of(Path.of("experiments")), OutsideClasses.NONE);

  private static Map<String, String> defaults() {
    String file = "name: x\ntask: think-add\nadvantage: generalized\ncritic: separate\n";
    String all = ConfigWriter.write(FILES.parse(file, "defaults"));
    return ConfigSource.text(all, "defaults").flat();
  }

  @Test
  void defaultsAreThoseOfFiles() throws IOException {
    String script = Files.readString(SCRIPTS.resolve("settings.js"));
    String block = script.substring(script.indexOf("DEFAULTS = {"), script.indexOf("};"));
    Map<String, String> defaults = defaults();
    int compared = 0;
    for (MatchResult found : SETTING.matcher(block).results().toList()) {
      String key = found.group(1).replace("cold_start.learning", "cold_start.peak_learning");
      key = key.replaceFirst("^critic[.](gamma|lambda)$", "advantage.$1");
      if (defaults.containsKey(key) && !OTHERWISE.contains(key) && isNumber(found.group(2))) {
        double expected = Double.parseDouble(defaults.get(key));
        assertEquals(expected, Double.parseDouble(found.group(2)), key);
        compared++;
      }
    }
    assertTrue(compared >= 18, "compared " + compared);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dr-grpo", "dapo", "rloo", "gspo", "reinforce", "ppo"})
  void algorithmsAreColumnsOfTheirPresets(String id) throws IOException {
    String script = Files.readString(SCRIPTS.resolve("algorithms.js"));
    int begin = script.indexOf("id: \"" + id + "\"");
    int end = script.indexOf("  }", script.indexOf("settings: {", begin));
    String preset = "extends: [think-add.yaml, presets/" + id + ".yaml]\nname: x\n";
    Path file = Files.createTempFile("preset", ".yaml");
    Files.writeString(file, preset);
    ExperimentConfig config = FILES.read(file, List.of());
    Files.delete(file);
    JsonNode settings = WhatIfJson.settings(computed(config), config.objective().objective());
    int compared = 0;
    for (MatchResult found : SETTING.matcher(script.substring(begin, end)).results().toList()) {
      JsonNode value = settings.at("/" + found.group(1).replace('.', '/'));
      String said = found.group(2).replace("\"", "");
      if (isNumber(said)) {
        assertEquals(value.asDouble(), Double.parseDouble(said), found.group(1));
      } else if (!said.equals("LONGEST") && !found.group(1).startsWith("critic.")) {
        assertEquals(value.asText(), said, found.group(1));
      }
      compared++;
    }
    assertTrue(compared >= 2, "compared " + compared);
    assertEquals(id.equals("ppo"), config.critic().isPresent());
  }

  private static Optional<AdvantageEstimator> computed(ExperimentConfig config) {
    return config.critic().isPresent() ? Optional.empty() : Optional.of(config.advantage());
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[\\d.]+(e-?\\d+)?");
  }
}
