package org.grpo4j.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.grpo4j.cli.Chromium;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.playground.engine.ConfiguredRun;
import org.grpo4j.playground.engine.PlaygroundRun;
import org.grpo4j.playground.engine.TraceTree;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run in the tab has the bits of the run on the JVM: every number of every update goes into its
 * digest. {@code AgainstTrainTest} holds that the run on the JVM is the one of {@code train}.
 */
class SameBitsTest {

  private static final int UPDATES = 50;

  /** Calls the worker that the page itself would start; its messages are the page's. */
  static final String WORKER =
      WorkerScript.of(
          "settings, start, calls",
          """
          await begin(settings, start);
          result = [];
          for (const [name, ...args] of JSON.parse(calls)) result.push(await call(name, ...args));
          """);

  private static Chromium chromium;
  private static Chromium.Tab tab;

  @BeforeAll
  static void open() {
    chromium = new Chromium();
    tab = chromium.open(800, 600, ColorScheme.LIGHT, true);
    tab.goTo(BuiltPage.FILE);
  }

  @AfterAll
  static void close() {
    tab.assertNoComplaint();
    tab.close();
    chromium.close();
  }

  private static final String TABLE =
      "name: bits\ntask: few-sums\nseed: 7\nmodel: {kind: table}\n"
          + "cold_start: {steps: 30, corpus_size: 200}\n"
          + "train: {prompts: 8, group_size: 4, learning_rate: 0.05, inner_epochs: 2}\n";

  static final String TRANSFORMER =
      "name: bits\ntask: think-add\nseed: 7\nmodel: {precision: plain-float}\n"
          + "cold_start: {steps: 0}\n"
          + "train: {prompts: 8, group_size: 4, inner_epochs: 2}\n";

  static final String GRPO =
      "objective: {kl: {kind: loss, coefficient: 0.02}, entropy_coefficient: 0.01}\n";

  private static final String PPO =
      "advantage: {kind: generalized, lambda: 0.95}\n"
          + "critic: {kind: separate, learning_rate: 4e-3}\n";

  @ParameterizedTest
  @ValueSource(strings = {TABLE + GRPO, TABLE + PPO, TRANSFORMER + GRPO, TRANSFORMER + PPO})
  void fiftyUpdates(String yaml) throws IOException {
    ExperimentConfig config = ConfiguredRun.parse(yaml);
    boolean startsFromFile = config.task().name().equals("think-add");
    Optional<byte[]> start = startsFromFile ? Optional.of(BuiltPage.START) : Optional.empty();
    PlaygroundRun here = new PlaygroundRun(ConfiguredRun.settings(config), start);
    Object answers =
        tab.page().evaluate("given => (" + WORKER + ")(...given)", texts(config, start, UPDATES));
    JsonNode there = Json.parse((String) answers);
    for (int u = 0; u < UPDATES; u++) {
      TracedUpdate traced = here.update(1).traced().orElseThrow();
      JsonNode line = there.get(u).get("line");
      assertEquals(traced.digest().parameters(), line.at("/digest/parameters").asText());
      JsonNode expected = ConfiguredRun.json(TraceTree.of(traced));
      assertTrue(expected.equals(SameBitsTest::differ, line), () -> expected + "\n" + line);
    }
    assertEquals(UPDATES, there.size());
  }

  /** JSON of a page writes 1.0 as 1, and -0.0 as 0; of bits the digest knows more. */
  private static int differ(JsonNode one, JsonNode other) {
    boolean areNumbers = one.isNumber() && other.isNumber();
    boolean same = areNumbers ? one.asDouble() == other.asDouble() : one.equals(other);
    return same ? 0 : 1;
  }

  /** The arguments of {@link #WORKER} for some updates with a group traced. */
  static List<String> texts(ExperimentConfig config, Optional<byte[]> start, int updates) {
    String calls =
        IntStream.range(0, updates)
            .mapToObj(u -> "[\"update\", {\"trace\": 1}]")
            .collect(Collectors.joining(",", "[", "]"));
    String file = start.map(Base64.getEncoder()::encodeToString).orElse("");
    return List.of(Json.line(PageSettings.of(config)), file, calls);
  }
}
