package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that begins with what other runs have made. */
class StagesTest {

  private static final List<String> TINY =
      List.of(
          "task=digit-sum-mod10",
          "model={kind: transformer, width: 16, heads: 2, feed_forward: 32}",
          "cold_start={steps: 30, corpus_size: 200}",
          "train={updates: 2, prompts: 4, group_size: 4}",
          "evaluation={every: 0, problems: 16, final_problems: 4, final_samples: 4, examples: 2}");
  private static final String FROM_FIRST = "start={kind: run, stage: first}";
  private static final String SAMPLES =
      "examples=[{kind: samples, stage: first, problems: 60, samples: 4},"
          + " {kind: task, weight: 0.5, keep: [{name: correct}]}]";

  @TempDir static Path runs;
  private static Path first;

  @BeforeAll
  static void makeTheFirst() throws IOException {
    first = train("first");
  }

  @Test
  void beginsWithTheParametersThatTheOtherEndedWith() throws IOException {
    Path second = train("second", FROM_FIRST, "cold_start.steps=0");
    for (String number : List.of("greedy_accuracy", "mean_length", "pass@1", "maj@4")) {
      assertEquals(
          summary(first).path("eval/" + number), summary(second).path("base/" + number), number);
    }
    JsonNode input = Json.read(second.resolve("manifest.json")).path("inputs").path(0);
    assertEquals(hash(first), input.path("config_sha256").asText());
    assertTrue(input.path("checkpoint").asText().startsWith(first.getFileName() + "/"), "" + input);
    assertTrue(Files.readString(second.resolve("config.yaml")).contains(hash(first)));
  }

  @Test
  void imitatesWhatPassedTheTestAndNothingElse() throws IOException {
    Path third = train("third", SAMPLES);
    List<String> lines = Files.readAllLines(third.resolve("examples.jsonl"));
    JsonNode header = Json.parse(lines.get(0));
    assertEquals(240, header.path("drawn").asInt());
    int kept = header.path("kept").asInt();
    assertTrue(kept > 0 && kept <= 60, header.toString());
    for (String line : lines.subList(1, 1 + kept)) {
      JsonNode example = Json.parse(line);
      String prompt = example.path("prompt").asText();
      int sum = Character.digit(prompt.charAt(0), 10) + Character.digit(prompt.charAt(2), 10);
      assertEquals(String.valueOf(sum % 10), example.path("completion").asText(), line);
    }
    assertEquals("task", Json.parse(lines.get(1 + kept)).path("source").asText());
    assertEquals(2 + kept, lines.size());
  }

  @Test
  void aStageThatWasStoppedGoesOnToTheSameBytes() throws IOException {
    Path whole = train("fourth", SAMPLES, "seed=1");
    AtomicInteger asked = new AtomicInteger();
    List<String> words = words("fifth", SAMPLES, "seed=1");
    Cli stopped = Cli.stopping(() -> asked.incrementAndGet() > 20, words.toArray(String[]::new));
    assertEquals(130, stopped.exitCode(), stopped.err());
    Path parts = newest("fifth");
    Cli resumed = Cli.run("train", "--quiet", "--resume", parts.toString());
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertEquals(digest(whole), digest(parts));
    for (String file : List.of("examples.jsonl", "completions.jsonl")) {
      assertEquals(Files.readString(whole.resolve(file)), Files.readString(parts.resolve(file)));
    }
    assertEquals(0, Cli.run("check", parts.toString()).exitCode());
  }

  /** Fresh parameters come nearer to the teacher's, in bits that a replay finds again. */
  @ParameterizedTest
  @ValueSource(strings = {"{kind: exact}", "{kind: reward, coefficient: 1}"})
  void aTeacherIsFollowed(String kl) throws IOException {
    boolean exact = kl.contains("exact");
    Path run =
        train(
            exact ? "exact" : "sampled",
            "teachers=[{stage: first}]",
            "objective.kl=" + kl,
            "advantage=" + (exact ? "raw-reward" : "token-return"),
            "reward.parts=[{name: correct, weight: 0}]",
            "cold_start.steps=0",
            "train={updates: 12, prompts: 16, group_size: 4, learning_rate: 1e-2, warmup_updates:"
                + " 0}");
    List<String> rows = Files.readAllLines(run.resolve("metrics.jsonl"));
    double before = Json.parse(rows.get(0)).path("kl").asDouble();
    double after = Json.parse(rows.get(rows.size() - 1)).path("kl").asDouble();
    assertTrue(after < 0.7 * before, before + " to " + after);
    Cli replay = Cli.run("replay", run.toString(), "--all");
    assertEquals(0, replay.exitCode(), replay.err() + replay.out());
  }

  @Test
  void whatIsNotThereIsNamed() {
    Cli nobody = Cli.run(words("sixth", "start={kind: run, stage: nobody}").toArray(String[]::new));
    assertEquals(2, nobody.exitCode(), nobody.err());
    assertTrue(
        nobody.err().contains("nobody: there is no finished run of that name"), nobody.err());
    Cli otherSeed = Cli.run(words("seventh", FROM_FIRST, "seed=9").toArray(String[]::new));
    assertEquals(2, otherSeed.exitCode(), otherSeed.err());
    Cli otherModel = Cli.run(words("eighth", FROM_FIRST, "model.width=8").toArray(String[]::new));
    assertEquals(2, otherModel.exitCode(), otherModel.err());
    assertTrue(otherModel.err().contains("must be that of first"), otherModel.err());
    Cli noDivergence = Cli.run(words("ninth", "teachers=[{stage: first}]").toArray(String[]::new));
    assertEquals(2, noDivergence.exitCode(), noDivergence.err());
    assertTrue(noDivergence.err().contains("have no effect without a KL"), noDivergence.err());
  }

  private static JsonNode summary(Path run) throws IOException {
    return Json.read(run.resolve("summary.json"));
  }

  /** The hashes of all that the last update was made of and of the parameters after it. */
  private static JsonNode digest(Path run) throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("trace/updates.jsonl"));
    JsonNode digest = Json.parse(lines.get(lines.size() - 1)).path("digest");
    assertFalse(digest.isMissingNode());
    return digest;
  }

  private static String hash(Path run) throws IOException {
    return Json.read(run.resolve("manifest.json")).path("config_sha256").asText();
  }

  private static List<String> words(String name, String... settings) {
    List<String> words = new ArrayList<>(List.of("train", "--quiet", "--out", runs.toString()));
    List<String> all = new ArrayList<>(TINY);
    all.add("name=" + name);
    all.addAll(List.of(settings));
    all.forEach(setting -> words.addAll(List.of("--set", setting)));
    return words;
  }

  private static Path train(String name, String... settings) throws IOException {
    Cli cli = Cli.run(words(name, settings).toArray(String[]::new));
    assertEquals(0, cli.exitCode(), cli.err());
    return newest(name);
  }

  private static Path newest(String name) throws IOException {
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(run -> run.getFileName().toString().startsWith(name + "__"))
          .findFirst()
          .orElseThrow();
    }
  }
}
