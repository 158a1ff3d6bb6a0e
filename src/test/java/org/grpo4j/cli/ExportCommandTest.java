package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.trace.TraceReader;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedTokens;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"grpo-deepseekmath", "ppo"})
  void hasEveryKeyAndTypeThatUnipoAsksFor(String preset) throws IOException {
    Path run = ShortRuns.train(directory, preset);
    Path out = directory.resolve("log.json");
    Cli export = Cli.run("export", run.toString(), "--out", out.toString());
    assertEquals(0, export.exitCode(), export.err());
    JsonNode required = JSON.readTree(Path.of("src/test/resources/unipo/required.json").toFile());
    JsonNode log = JSON.readTree(out.toFile());
    check(required.path("header"), log.path("header"));
    assertEquals(
        preset.equals("ppo") ? "ppo" : "grpo", log.path("header").path("algorithm").asText());
    assertEquals(log.path("header").path("totalSteps").asInt(), log.path("entries").size());
    int step = 0;
    for (JsonNode entry : log.path("entries")) {
      check(required.path("entry"), entry);
      check(required.path("metrics"), entry.path("metrics"));
      assertEquals(step++, entry.path("step").asInt());
      assertTrue(entry.path("prompts").size() > 0);
      for (JsonNode prompt : entry.path("prompts")) {
        check(required.path("prompt"), prompt);
        for (JsonNode response : prompt.path("responses")) {
          check(required.path("response"), response);
          check(required.path("tokens"), response.path("tokens"));
          for (JsonNode perToken : response.path("tokens")) {
            assertEquals(response.path("response_length").asInt(), perToken.size());
          }
        }
      }
    }
  }

  @Test
  void linesHaveTheNumbersOfTheTrace() throws IOException {
    Path run = ShortRuns.train(directory, "grpo-deepseekmath");
    Path out = directory.resolve("log.jsonl");
    Cli export = Cli.run("export", run.toString(), "--algorithm", "mine", "--out", out.toString());
    assertEquals(0, export.exitCode(), export.err());
    List<String> lines = Files.readAllLines(out);
    assertEquals("header", JSON.readTree(lines.get(0)).path("type").asText());
    assertEquals("mine", JSON.readTree(lines.get(0)).path("algorithm").asText());
    JsonNode first = JSON.readTree(lines.get(1));
    assertEquals("step", first.path("type").asText());
    TracedUpdate update = TraceReader.open(RunDirectory.open(run)).update(0);
    TracedCompletion completion = update.groups().get(0).completions().get(0);
    JsonNode tokens = first.path("prompts").path(0).path("responses").path(0).path("tokens");
    TracedTokens seen = completion.steps().get(0).orElseThrow();
    for (int t = 0; t < completion.tokens().size(); t++) {
      assertEquals(completion.tokens().get(t), tokens.path("ids").path(t).asInt());
      assertEquals(
          completion.oldLogProbs().get(t), tokens.path("old_log_probs").path(t).asDouble());
      assertEquals(
          -seen.losses().get(t) + 0.0, tokens.path("token_objective").path(t).asDouble() + 0.0);
    }
    assertEquals(
        -update.steps().get(0).loss(), first.path("metrics").path("policy_objective").asDouble());
  }

  /** Such as a policy or a file may bring: half a character is no reason to fail. */
  @Test
  void halfACharacterIsWritten() throws IOException {
    Path run = ShortRuns.train(directory, "grpo-deepseekmath");
    Path out = directory.resolve("log.jsonl");
    Cli export =
        Cli.run("export", run.toString(), "--algorithm", "half \ud83d", "--out", out.toString());
    assertEquals(0, export.exitCode(), export.err());
    assertTrue(Files.readString(out).contains("\"half ?\""), Files.readAllLines(out).get(0));
    try (Stream<Path> beside = Files.list(directory)) {
      assertTrue(beside.noneMatch(path -> path.toString().endsWith(".part")));
    }
  }

  @Test
  void aFileOfAnotherKindIsRefused() {
    Cli export = Cli.run("export", directory.toString(), "--out", "log.csv");
    assertEquals(2, export.exitCode());
    assertTrue(export.err().contains(".json or .jsonl"), export.err());
  }

  private static void check(JsonNode required, JsonNode given) {
    Set<String> unknown = new HashSet<>();
    given.fieldNames().forEachRemaining(unknown::add);
    for (Map.Entry<String, JsonNode> key : required.properties()) {
      String type = key.getValue().asText();
      JsonNode value = given.path(key.getKey());
      boolean left = value.isMissingNode() && type.endsWith("?");
      assertTrue(left || is(value, type.replace("?", "")), key + " in " + given);
      unknown.remove(key.getKey());
    }
    assertEquals(Set.of(), unknown, "keys that UNIPO does not know");
  }

  private static boolean is(JsonNode value, String type) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      default -> all(value, type.substring(0, type.length() - 1));
    };
  }

  private static boolean all(JsonNode array, String type) {
    boolean all = array.isArray();
    for (JsonNode element : array) {
      all &= is(element, type);
    }
    return all;
  }
}
