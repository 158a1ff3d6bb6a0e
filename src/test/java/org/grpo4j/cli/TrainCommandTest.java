package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.files.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small runs of the real program, from the command line to the files. */
class TrainCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TINY =
      """
      name: tiny
      task: think-add
      model: {width: 16, heads: 2, feed_forward: 32}
      cold_start: {steps: 20, corpus_size: 200}
      train: {updates: 6, prompts: 4, group_size: 4}
      evaluation: {every: 2, problems: 24, final_problems: 6, final_samples: 4, examples: 2}
      checkpoints: {every: 3}
      """;

  @TempDir Path directory;

  @Test
  void leavesACompleteRunDirectory() throws IOException {
    Cli train = train("--seed", "3");
    assertEquals(0, train.exitCode(), train.err());
    Path run = onlyRun();
    assertTrue(run.getFileName().toString().matches("tiny__3__\\d{8}T\\d{6}Z"), run.toString());

    ExperimentConfig resolved = RunDirectory.open(run).readConfig();
    assertEquals(new ExperimentFiles(List.of()).read(experiment(), List.of("seed=3")), resolved);

    List<JsonNode> rows = rows(run);
    assertEquals(6, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      assertEquals(i, row.path("update").asInt());
      assertEquals(16 * (i + 1), row.path("num_completions").asInt());
      assertEquals(i % 2 == 1, row.has("eval/greedy_accuracy"), "evaluated every 2 updates");
      for (String name :
          List.of("reward", "entropy", "completions/mean_length", "frac_reward_zero_std")) {
        assertTrue(row.path(name).isNumber(), name);
      }
    }
    assertEquals(7, Files.readAllLines(run.resolve("metrics.csv")).size());

    JsonNode summary = json(run.resolve("summary.json"));
    assertEquals("finished", summary.path("status").asText());
    for (String key : List.of("base/greedy_accuracy", "eval/greedy_accuracy", "eval/pass@4")) {
      JsonNode score = summary.path(key);
      assertTrue(score.path("lower").asDouble() <= score.path("value").asDouble(), key);
      assertTrue(score.path("value").asDouble() <= score.path("upper").asDouble(), key);
    }
    assertEquals(24, summary.path("eval/greedy_accuracy").path("n").asInt());
    assertTrue(summary.path("wall_seconds").path("total").asDouble() > 0);

    JsonNode manifest = json(run.resolve("manifest.json"));
    assertEquals(64, manifest.path("config_sha256").asText().length());
    assertEquals(3, manifest.path("seed").asInt());

    for (String checkpoint : List.of("update-000003", "update-000006")) {
      assertTrue(
          Files.exists(run.resolve("checkpoints").resolve(checkpoint).resolve("state.json")));
    }
    assertTrue(Files.size(run.resolve("learning-curve.svg")) > 5000);
    assertTrue(Files.readAllLines(run.resolve("completions.jsonl")).size() >= 8);
    assertFalse(Files.readString(run.resolve("log.txt")).isBlank());
    try (Stream<Path> paths = Files.walk(directory)) {
      assertTrue(paths.noneMatch(p -> p.toString().contains(".part")), "nothing unfinished");
    }
  }

  /** Rewards for one task, and everything by task: in each row, in the summary, on the terminal. */
  @Test
  void aMixtureIsRewardedAndMeasuredByTask() throws IOException {
    String rewards = "reward.parts=[{name: correct}, {name: language-consistency, for: %s}]";
    List<String> mixed = List.of("--set", "task={kind: mixed}", "--set", "train.updates=3");
    Cli train = train(with(mixed, "--set", rewards.formatted("sums")));
    assertEquals(0, train.exitCode(), train.err());
    assertTrue(train.out().contains("greedy accuracy/differences"), train.out());
    ExperimentConfig resolved = RunDirectory.open(onlyRun()).readConfig();
    List<String> settings =
        List.of("task={kind: mixed}", "train.updates=3", rewards.formatted("sums"));
    assertEquals(new ExperimentFiles(List.of()).read(experiment(), settings), resolved);
    String columns = Files.readAllLines(onlyRun().resolve("metrics.csv")).get(0);
    for (String name :
        List.of(
            "reward/sums",
            "reward/sums/carries-2",
            "reward/differences/borrows-1",
            "rewards/language-consistency/sums/mean",
            "eval/greedy_accuracy/differences",
            "eval/readable")) {
      assertTrue(columns.contains("," + name + ","), name + " of " + columns);
    }
    JsonNode row = rows(onlyRun()).get(2);
    assertTrue(row.path("eval/greedy_accuracy/sums").isNumber(), row.toString());
    JsonNode summary = json(onlyRun().resolve("summary.json"));
    assertEquals(12, summary.path("eval/greedy_accuracy/sums").path("n").asInt());
    assertEquals(3, summary.path("base/pass@1/differences").path("n").asInt());
    assertEquals(6, summary.path("eval/readable@1").path("n").asInt());

    Cli refused = train(with(mixed, "--set", rewards.formatted("quotients")));
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("for must be one of all, differences"), refused.err());
  }

  private static String[] with(List<String> arguments, String... more) {
    return Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void endsWithATableOnStandardOutputAndProgressOnStandardError() throws IOException {
    Cli train = train();
    for (String expected :
        List.of("greedy accuracy", "pass@1", "mean length", "before", "after", "FLOPs")) {
      assertTrue(train.out().contains(expected), train.out());
    }
    assertTrue(train.out().contains(onlyRun().toString()), train.out());
    assertTrue(train.err().contains("update 6/6"), train.err());
    String dead = "(?s).*  dead groups \\S+ \\(all right \\S+, all wrong \\S+\\).*";
    assertTrue(train.err().matches(dead), train.err());
    assertFalse(train.out().contains("update 6/6"), train.out());
  }

  /** Its router, the biases of its choice and its optimiser come back to the last bit. */
  @Test
  void aRunWithExpertsSaysWhatIsActiveAndCanBeReplayed() throws IOException {
    Cli train =
        train(
            "--set=model.experts={kind: routed, count: 4, width: 8, balance: bias}",
            "--set=train.updates=4");
    assertEquals(0, train.exitCode(), train.err());
    JsonNode summary = json(onlyRun().resolve("summary.json"));
    int idle = summary.path("parameters").asInt() - summary.path("active_parameters").asInt();
    assertEquals(2 * 8 * (2 * 16 + 1), idle);
    Cli replay = Cli.run("replay", onlyRun().toString(), "--all");
    assertEquals(0, replay.exitCode(), replay.err());
    assertTrue(replay.out().contains("4 of 4 updates identical"), replay.out());
  }

  /** A terminal of 60 columns breaks no interval; the last line is a command to copy. */
  @Test
  void theEndFitsANarrowTerminalAndSaysHowToLook() throws IOException {
    List<String> lines = train().out().lines().toList();
    String last = lines.get(lines.size() - 1);
    assertTrue(last.matches("Look into it:  (xdg-open|open|start) .*report.html"), last);
    for (String line : lines.subList(0, lines.size() - 1)) {
      assertTrue(line.length() <= 60 || line.startsWith("run "), line.length() + ": " + line);
    }
  }

  /** A display that refreshes by the clock and once more at the end must not say it twice. */
  @Test
  void theLastProgressLineIsDrawnOnce() throws IOException {
    Cli train = Cli.onTerminal("train", experiment().toString(), "--out", directory.toString());
    assertEquals(0, train.exitCode(), train.err());
    assertEquals(1, train.err().split("\rGRPO 6/6", -1).length - 1, train.err());
    assertEquals(1, train.err().split("\rcold start 20/20", -1).length - 1, train.err());
  }

  @Test
  void quietJsonIsTheSummaryAndNothingElse() throws IOException {
    Cli train = train("--quiet", "--json");
    assertEquals("", train.err());
    assertEquals(json(onlyRun().resolve("summary.json")), JSON.readTree(train.out()));
  }

  @Test
  void sameSeedSameNumbersForAnyNumberOfWorkersAndAnotherSeedOthers() throws IOException {
    train("--set", "workers=1");
    train("--set", "workers=2");
    train("--seed", "2");
    List<Path> runs = runs();
    assertEquals(3, runs.size());
    List<String> first = withoutTimes(runs.get(0));
    assertEquals(first, withoutTimes(runs.get(1)));
    assertNotEquals(first, withoutTimes(runs.get(2)));
  }

  @Test
  void theColdStartIsReusedAndADamagedOneIsMadeAgain() throws IOException {
    assertTrue(train().err().contains("cold start done"));
    assertTrue(train().err().contains("cold start reused"));
    List<String> first = withoutTimes(runs().get(0));
    assertEquals(first, withoutTimes(runs().get(1)));

    try (Stream<Path> files = Files.walk(directory.resolve(".cold-start"))) {
      for (Path file : files.filter(p -> p.toString().endsWith(".bin")).toList()) {
        Files.writeString(file, "damaged");
      }
    }
    Cli third = train();
    assertEquals(0, third.exitCode());
    assertTrue(third.err().contains("is damaged and is made again"), third.err());
    assertEquals(first, withoutTimes(runs().get(2)));
    assertTrue(train().err().contains("cold start reused"));
  }

  /** A file is where the cache would be: nothing can be kept there, and a run needs no cache. */
  @Test
  void aCacheThatCannotBeWrittenIsANote() throws IOException {
    Files.writeString(directory.resolve(".cold-start"), "");
    Cli train = train();
    assertEquals(0, train.exitCode(), train.err());
    assertTrue(train.err().contains("the cold start is not kept for later runs"), train.err());
    assertEquals(6, rows(onlyRun()).size());
  }

  @Test
  void theFirstUpdatesAreEvaluatedTooAndEvaluationChangesNoTraining() throws IOException {
    assertEquals(0, train("--set", "evaluation.every=5").exitCode());
    List<JsonNode> rows = rows(onlyRun());
    assertEquals(0, train("--set", "evaluation.every=0").exitCode());
    List<JsonNode> others = rows(runs().get(1));
    for (int i = 0; i < 6; i++) {
      assertEquals(i != 3, rows.get(i).has("eval/greedy_accuracy"), "after update " + (i + 1));
      assertFalse(others.get(i).has("eval/greedy_accuracy"));
      for (String name : List.of("reward", "entropy", "loss", "grad_norm", "num_tokens")) {
        assertEquals(rows.get(i).path(name), others.get(i).path(name), name + " of update " + i);
      }
    }
  }

  @Test
  void anInterruptedRunHasACheckpointThatCanBeEvaluated() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier stop = () -> asked.incrementAndGet() > 20 + 2; // cold start, then 2 updates
    Cli train = Cli.run(stop, "train", experiment().toString(), "--out", directory.toString());
    assertEquals(130, train.exitCode(), train.err());
    assertTrue(train.out().contains("interrupted after 2 of 6 updates"), train.out());
    Path run = onlyRun();
    assertEquals("interrupted", json(run.resolve("summary.json")).path("status").asText());
    assertEquals(2, rows(run).size());

    Cli eval = Cli.run("eval", run.toString(), "--samples", "2", "--json");
    assertEquals(0, eval.exitCode(), eval.err());
    assertEquals(2, JSON.readTree(eval.out()).path("updates_done").asInt());
  }

  @Test
  void evalAgreesWithTheSummary() throws IOException {
    train();
    Path run = onlyRun();
    Cli eval = Cli.run("eval", run.toString(), "--json");
    JsonNode summary = json(run.resolve("summary.json"));
    JsonNode evaluation = JSON.readTree(eval.out());
    for (String key : List.of("eval/greedy_accuracy", "eval/mean_length", "eval/pass@4")) {
      assertEquals(summary.path(key), evaluation.path(key), key);
    }
    assertTrue(Cli.run("eval", run.toString()).out().contains("greedy accuracy"));
  }

  @Test
  void evalRefusesADamagedCheckpoint() throws IOException {
    train();
    Path run = onlyRun();
    Files.writeString(run.resolve("checkpoints/update-000006/fast-network.bin"), "damaged");
    Cli eval = Cli.run("eval", run.toString());
    assertEquals(2, eval.exitCode());
    assertTrue(eval.err().contains("fast-network.bin: changed since the run wrote it"), eval.err());
  }

  @Test
  void aModelThatDoesNotSuitTheTaskIsAConfigurationError() throws IOException {
    Cli train = train("--set", "model=table", "--set", "cold_start.steps=0");
    assertEquals(2, train.exitCode());
    assertTrue(train.err().contains("model: does not suit the task think-add"), train.err());
    assertEquals(List.of(), runs());
  }

  @Test
  void aRunWithNothingToSharpenSaysWhatToDo() throws IOException {
    Cli train = train("--set", "cold_start.steps=0", "--set", "train.mini_batches=2");
    assertEquals(0, train.exitCode(), train.err());
    String hint = json(onlyRun().resolve("summary.json")).path("notes").path(0).asText();
    assertTrue(hint.startsWith("nothing to sharpen: pass@4 before was 0."), hint);
    assertTrue(hint.contains("lengthen cold_start.steps"), hint);
    String said = train.out().replaceAll("\\n {7}", " ");
    assertTrue(said.contains("\nnote   " + hint), train.out());
  }

  @Test
  void settingsThatGoWrongTogetherAreRefusedBeforeAnythingIsWritten() throws IOException {
    for (String setting :
        List.of(
            "objective.surrogate={kind: cispo, min_ratio: 6}",
            "dynamic_sampling={kind: mean-in-range, low: 2}",
            "reward.overlong={kind: linear, cache: 10}",
            "train.group_size=1")) {
      Cli train = train("--set", setting);
      assertEquals(2, train.exitCode(), train.err());
      assertTrue(train.err().contains("--set " + setting), train.err());
      assertEquals(List.of(), runs());
    }
  }

  private Cli train(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("train", experiment().toString(), "--out", directory.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(new String[0]));
  }

  private Path experiment() throws IOException {
    Path file = directory.resolve("tiny.yaml");
    Files.writeString(file, TINY);
    return file;
  }

  private Path onlyRun() throws IOException {
    assertEquals(1, runs().size());
    return runs().get(0);
  }

  /** In the order in which they were made. */
  private List<Path> runs() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith("tiny__"))
          .sorted(
              java.util.Comparator.comparing(
                  (Path path) -> path.resolve("config.yaml").toFile().lastModified()))
          .toList();
    }
  }

  private static List<JsonNode> rows(Path run) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private static List<String> withoutTimes(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceAll(",?\"(step_time|time/[a-z_]+)\":[^,}]+", ""))
        .toList();
  }

  private static JsonNode json(Path file) throws IOException {
    return JSON.readTree(Files.readString(file));
  }
}
