package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job with a quarter of its updates: the policy has to learn to think. */
class MainJobTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UPDATES = 50;
  private static final int WINDOW = 5;

  @TempDir Path directory;

  @Test
  void learnsToThinkBeforeItAnswers() throws IOException {
    Cli train =
        Cli.run(
            "train",
            Path.of("experiments", "think-add.yaml").toString(),
            "--quiet",
            "--json",
            "--set",
            "train.updates=" + UPDATES,
            "--out",
            directory.toString());

    assertEquals(0, train.exitCode(), train.err());
    JsonNode summary = JSON.readTree(train.out());
    double before = summary.path("base/greedy_accuracy").path("upper").asDouble();
    double after = summary.path("eval/greedy_accuracy").path("lower").asDouble();
    assertTrue(before < after, "greedy accuracy: below " + before + ", then above " + after);
    assertTrue(after > 0.85, "greedy accuracy after: above " + after);

    List<JsonNode> updates = updates();
    assertEquals(UPDATES, updates.size());
    double rewardGain = late(updates, "reward") - early(updates, "reward");
    double lengthGain =
        late(updates, "completions/mean_length") - early(updates, "completions/mean_length");
    double entropyGain = late(updates, "entropy") - early(updates, "entropy");
    assertTrue(rewardGain > 0.25, "reward gained " + rewardGain);
    assertTrue(lengthGain > 0.8, "thinking makes completions longer: " + lengthGain);
    assertTrue(entropyGain < -0.15, "it becomes decided: " + entropyGain);
    for (JsonNode update : updates) {
      assertEquals(1, update.path("ratio/max").asDouble(), "the ratio of an on-policy update is 1");
      assertEquals(0, update.path("clip_ratio/region_mean").asDouble());
      assertEquals(0, update.path("loss").asDouble(), 1e-12);
    }
  }

  private List<JsonNode> updates() throws IOException {
    Path run;
    try (Stream<Path> entries = Files.list(directory)) {
      run =
          entries
              .filter(entry -> entry.getFileName().toString().startsWith("think-add__1__"))
              .findFirst()
              .orElseThrow();
    }
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private static double early(List<JsonNode> updates, String metric) {
    return mean(updates.subList(0, WINDOW), metric);
  }

  private static double late(List<JsonNode> updates, String metric) {
    return mean(updates.subList(updates.size() - WINDOW, updates.size()), metric);
  }

  private static double mean(List<JsonNode> updates, String metric) {
    return updates.stream()
        .mapToDouble(update -> update.path(metric).asDouble())
        .average()
        .orElse(0);
  }
}
