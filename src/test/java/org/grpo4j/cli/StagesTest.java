package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.grpo4j.experiment.ParameterChange;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.run.CheckpointChange;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.ParameterMatrix;
import org.grpo4j.policy.Unchanged;
import org.grpo4j.policy.Workers;
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

  /** Gradient descent, whose small steps leave many parameters as they are. */
  @Test
  void whatAnotherRunChangedIsTrainedAndNothingElse() throws IOException {
    String[] descent = {
      FROM_FIRST, "cold_start.steps=0", "train.optimizer={kind: sgd}", "train.learning_rate=0.05"
    };
    Path all = train("descent", descent);
    Path some = train("some", with(descent, "subnetwork={kind: changed, stage: descent}"));
    Path lots = train("lots", with(descent, "subnetwork={kind: random, stage: descent}"));
    ParameterChange ofAll = change(all);
    BitSet unchanged = ofAll.unchanged(Unchanged.BFLOAT16);
    assertEquals(unchanged.cardinality() / (double) ofAll.before().size(), unchanged(all));
    assertTrue(unchanged(all) > 0.2 && unchanged(all) < 0.98, "share " + unchanged(all));

    BitSet frozen = change(some).unchanged(Unchanged.BITS);
    assertEquals(ofAll.before(), change(some).before());
    assertTrue(frozen.cardinality() < ofAll.before().size(), "something is trained");
    frozen.and(unchanged);
    assertEquals(unchanged, frozen, "what was unchanged is unchanged to the last bit");

    BitSet byLot = change(lots).unchanged(Unchanged.BITS);
    for (ParameterMatrix matrix : ofAll.matrices()) {
      ParameterBlock block = matrix.block();
      int end = block.offset() + block.size();
      int least = unchanged.get(block.offset(), end).cardinality();
      assertTrue(byLot.get(block.offset(), end).cardinality() >= least, block.name());
    }
    byLot.and(unchanged);
    assertTrue(byLot.cardinality() < unchanged.cardinality(), "other parameters are drawn");

    JsonNode inputs = Json.read(some.resolve("manifest.json")).path("inputs");
    assertEquals(2, inputs.size(), inputs.toString());
    assertEquals(hash(all), inputs.path(1).path("config_sha256").asText());
    Cli replay = Cli.run("replay", some.toString(), "--all");
    assertEquals(0, replay.exitCode(), replay.err() + replay.out());
    String[] words = {
      "replay", some.toString(), "--update", "1", "--from-here", "--set", "subnetwork=all"
    };
    Cli fork = Cli.run(words);
    assertEquals(2, fork.exitCode(), fork.err());
    assertTrue(fork.err().contains("subnetwork"), fork.err());
  }

  /** Momentum and subnetwork are there again after an interruption. */
  @Test
  void aSubnetworkThatWasStoppedGoesOnToTheSameBytes() throws IOException {
    String[] settings = {
      "cold_start.steps=0",
      "train={updates: 4, prompts: 4, group_size: 4, learning_rate: 0.1, optimizer: {kind: sgd,"
          + " momentum: 0.9}}",
      "subnetwork={kind: random, stage: first, reading: absolute}",
      "advantage=raw-reward"
    };
    Path whole = train("unbroken", settings);
    AtomicInteger asked = new AtomicInteger();
    Cli stopped =
        Cli.stopping(
            () -> asked.incrementAndGet() > 2, words("broken", settings).toArray(String[]::new));
    assertEquals(130, stopped.exitCode(), stopped.err());
    Path parts = newest("broken");
    Cli resumed = Cli.run("train", "--quiet", "--resume", parts.toString());
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertEquals(digest(whole), digest(parts));
    for (String reading : List.of("bits", "bfloat16", "absolute", "relative")) {
      String key = "update/unchanged/" + reading;
      assertEquals(summary(whole).path(key), summary(parts).path(key));
      assertTrue(summary(whole).has(key), key);
    }
  }

  @Test
  void changesAreShownTensorByTensor() throws IOException {
    Cli one = Cli.run("changes", first.toString());
    assertEquals(0, one.exitCode(), one.err());
    assertTrue(one.out().contains("block0.attention.qkv.weight"), one.out());
    JsonNode json = Json.parse(Cli.run("changes", first.toString(), "--json").out());
    assertEquals(
        summary(first).path("update/unchanged/bits"), json.path("all").path("bits"), "" + json);
    JsonNode itself =
        Json.parse(Cli.run("changes", first.toString(), first.toString(), "--json").out());
    assertEquals(1, itself.path("all").path("bits").asDouble());
    assertEquals(0, itself.path("head.weight").path("rank").asInt(-1));
    Path wide = train("wide", "model.width=8", "train.updates=1");
    Cli other = Cli.run("changes", first.toString(), wide.toString());
    assertEquals(2, other.exitCode(), other.out());
    assertTrue(other.err().contains("must have the same model"), other.err());
    double share = summary(wide).path("cold_start/unchanged/bits").asDouble(-1);
    assertTrue(share >= 0 && share < 0.9, "share " + share);
    double rank = summary(wide).path("cold_start/rank").asDouble();
    assertTrue(rank > 0.5 && rank <= 1, "rank " + rank);
    int parameters = summary(wide).path("parameters").asInt();
    assertEquals(4 * parameters, summary(wide).path("size_bytes/parameters").asInt());
    int checkpoint = summary(wide).path("size_bytes/checkpoint").asInt();
    assertTrue(checkpoint > 4 * parameters, checkpoint + " bytes");
    assertTrue(summary(wide).path("sampling_tokens_per_second").asDouble() > 0);
  }

  private static ParameterChange change(Path run) throws IOException {
    try (Workers workers = new Workers(1)) {
      RunDirectory directory = RunDirectory.open(run);
      return CheckpointChange.ofUpdates(directory, directory.readConfig().model(), workers);
    }
  }

  private static double unchanged(Path run) throws IOException {
    return summary(run).path("update/unchanged/bfloat16").asDouble();
  }

  private static String[] with(String[] settings, String more) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add(more);
    return all.toArray(String[]::new);
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
    String changed = "subnetwork={kind: changed, stage: first}";
    Cli noUpdates = Cli.run(words("tenth", changed, "train.updates=0").toArray(String[]::new));
    assertEquals(2, noUpdates.exitCode(), noUpdates.err());
    assertTrue(noUpdates.err().contains("has no effect without updates"), noUpdates.err());
    Cli otherParts = Cli.run(words("eleventh", changed, "model.width=8").toArray(String[]::new));
    assertThrows(NoSuchElementException.class, () -> newest("eleventh"));
    assertEquals(2, otherParts.exitCode(), otherParts.err());
    assertTrue(otherParts.err().contains("has other parameters than this one"), otherParts.err());
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
