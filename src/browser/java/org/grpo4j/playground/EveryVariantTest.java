package org.grpo4j.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.cli.Chromium;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.playground.engine.ConfiguredRun;
import org.grpo4j.playground.engine.PlaygroundRun;
import org.grpo4j.playground.engine.TraceTree;
import org.grpo4j.report.page.WhatIfJson;
import org.junit.jupiter.api.Test;

/** Every variant that the page offers, in the tab and on the JVM: a few updates with equal bits. */
class EveryVariantTest {

  private static final int UPDATES = 4;

  private static final String COMMON =
      """
      name: variant
      task: few-sums
      seed: %d
      model: {kind: table}
      cold_start: {steps: 20, corpus_size: 100}
      train: {prompts: 6, group_size: 4, learning_rate: 0.1, inner_epochs: 2, mini_batches: 3, temperature: 0.7}
      """;

  private static final String WORKER =
      WorkerScript.of(
          "all",
          """
          result = [];
          for (const settings of JSON.parse(all)) {
            await begin(JSON.stringify(settings), "");
            let last = null;
            for (let i = 0; i < 4; i++) last = await call("update", { trace: 1 });
            result.push(last.line.digest);
          }
          """);

  /** What a file says for each kind of each column, one at a time. */
  private static List<String> variants() {
    JsonNode choices = WhatIfJson.choices();
    List<String> variants = new ArrayList<>();
    choices.path("estimator").forEach(kind -> add(variants, "advantage: %s\n", kind));
    choices.path("surrogate").forEach(kind -> add(variants, "objective: {surrogate: %s}\n", kind));
    choices
        .path("ratioLevel")
        .forEach(kind -> add(variants, "objective: {ratio_level: %s}\n", kind));
    for (JsonNode kind : choices.path("aggregation")) {
      boolean divides = kind.toString().contains("\"divisor\"");
      String form = divides ? "{kind: %s, divisor: 24}" : "%s";
      add(variants, "objective: {aggregation: " + form + "}\n", kind);
    }
    for (JsonNode parameter : choices.path("parameters")) {
      for (JsonNode word : parameter.path("options")) {
        variants.add(
            "objective: {kl: {kind: loss, coefficient: 0.1, "
                + parameter.path("key").asText().replaceFirst("kl[.]", "")
                + ": "
                + word.asText()
                + "}}\n");
      }
    }
    variants.add("objective: {entropy_coefficient: 0.05, log_ratio_bound: 0.1}\n");
    variants.add("advantage: {kind: leave-one-out, whitening: batch}\n");
    variants.add("advantage: {kind: generalized, lambda: 0.9, gamma: 0.95}\ncritic: separate\n");
    return variants;
  }

  private static void add(List<String> variants, String form, JsonNode kind) {
    String id = kind.path("id").asText();
    if (!id.equals("as-traced")) {
      variants.add(form.formatted(id));
    }
  }

  @Test
  void everyVariantHasTheSameBits() throws IOException {
    List<String> variants = variants();
    assertTrue(variants.size() > 35, "found " + variants.size());
    ArrayNode settings = Json.object().putArray("all");
    List<JsonNode> here = new ArrayList<>();
    for (String variant : variants) {
      ExperimentConfig config =
          ConfiguredRun.parse(COMMON.formatted(variants.indexOf(variant)) + variant);
      settings.add(PageSettings.of(config));
      PlaygroundRun run = new PlaygroundRun(ConfiguredRun.settings(config), Optional.empty());
      for (int u = 1; u < UPDATES; u++) {
        run.update(0);
      }
      TracedUpdate last = run.update(1).traced().orElseThrow();
      here.add(ConfiguredRun.json(TraceTree.of(last)).path("digest"));
    }
    try (Chromium chromium = new Chromium();
        Chromium.Tab tab = chromium.open(800, 600, ColorScheme.LIGHT, true)) {
      tab.goTo(BuiltPage.FILE);
      JsonNode there = Json.parse((String) tab.page().evaluate(WORKER, settings.toString()));
      for (int i = 0; i < here.size(); i++) {
        assertEquals(here.get(i), there.get(i), variants.get(i));
      }
      tab.assertNoComplaint();
    }
  }
}
