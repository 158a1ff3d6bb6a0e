package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.grpo4j.experiment.files.AtomicFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that stopped goes on as if it had not. */
class ResumeTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TINY =
      """
      name: tiny
      task: think-add
      model: {width: 16, heads: 2, feed_forward: 32}
      cold_start: {steps: 20, corpus_size: 200}
      train: {updates: 20, prompts: 4, group_size: 4, inner_epochs: 2}
      reward: {parts: [{name: character-credit}]}
      evaluation: {every: 5, problems: 24, final_problems: 6, final_samples: 4, examples: 2}
      checkpoints: {every: 5}
      """;
  private static final String CARRIES_EVERYTHING =
      "{kl: {kind: loss, controller: {kind: adaptive, target: 0.001, horizon: 100}},"
          + " entropy_controller: {kind: adaptive, target: 4, increment: 0.01}}";

  private static final String TRACE = "trace/updates.jsonl";

  @TempDir Path directory;
  private final Set<Path> known = new HashSet<>();

  @ParameterizedTest
  @ValueSource(strings = {"grpo", "ppo", "ppo with a value head", "another sampler"})
  void tenUpdatesAndTenMoreAreTwenty(String algorithm) throws IOException {
    List<String> settings = new ArrayList<>(List.of("objective=" + CARRIES_EVERYTHING));
    settings.add("train.reference_refresh_every=7");
    settings.add("train.reference_refresh_share=0.6");
    if (algorithm.equals("another sampler")) {
      settings.add("sampler={kind: other, updates_behind: 2, weights: bfloat16, routing: sampler}");
      settings.add("model.experts={kind: routed, count: 4, width: 8, shared: 8}");
      settings.add("model.layers=2");
      settings.add("train.mini_batches=2");
      settings.add("objective.sampler_correction_bound=2");
    } else if (!algorithm.equals("grpo")) {
      settings.add("train.group_size=1");
      settings.add("train.prompts=16");
      settings.add("advantage=generalized");
      settings.add("critic=" + (algorithm.equals("ppo") ? "separate" : "value-head"));
    }
    Path whole = train(settings);
    settings.add("train.updates=10");
    Path parts = train(settings);
    Cli resumed = Cli.run("train", "--resume", parts.toString(), "--set", "train.updates=20");

    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(resumed.err().contains("resumed after 10 updates"), resumed.err());
    for (String line : Files.readAllLines(whole.resolve("metrics.jsonl"))) {
      assertTrue(JSON.readTree(line).path("grad_norm").asDouble() > 1e-3, "learns: " + line);
    }
    assertTrue(resumed.out().contains("20 updates"), resumed.out());
    assertEquals(withoutTimes(whole), withoutTimes(parts));
    assertEquals(
        withoutTimes(whole.resolve("metrics.csv")).size(),
        withoutTimes(parts.resolve("metrics.csv")).size());
    assertEquals(withoutTimes(whole.resolve(TRACE)), withoutTimes(parts.resolve(TRACE)));
    for (String same : List.of("config.yaml", "completions.jsonl", "trace/header.json")) {
      assertEquals(
          Files.readString(whole.resolve(same)), Files.readString(parts.resolve(same)), same);
    }
    assertEquals(checkpointHashes(whole), checkpointHashes(parts));
    JsonNode one = json(whole.resolve("summary.json"));
    JsonNode other = json(parts.resolve("summary.json"));
    for (String key :
        List.of(
            "status",
            "config_sha256",
            "updates_done",
            "base/greedy_accuracy",
            "eval/pass@4",
            "num_tokens",
            "flops",
            "parameters")) {
      assertEquals(one.path(key), other.path(key), key);
    }
    JsonNode manifest = json(parts.resolve("manifest.json"));
    assertEquals(10, manifest.path("resumed").path(0).path("updates_done").asInt());
    assertEquals(one.path("config_sha256"), manifest.path("config_sha256"));
  }

  @Test
  void aKilledRunTakesBackWhatItsLastCheckpointDoesNotKnow() throws IOException {
    Path whole = train(List.of());
    Path killed = killedInItsFourteenthUpdate();
    Path metrics = killed.resolve("metrics.jsonl");
    Files.writeString(metrics, Files.readString(metrics) + "{\"update\":13,\"rew");
    Cli resumed = Cli.run("train", "--resume", killed.toString());
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(
        resumed.err().contains("resumed after 10 updates; 3 later ones are taken back"),
        resumed.err());
    assertEquals(withoutTimes(whole), withoutTimes(killed));
    assertEquals(withoutTimes(whole.resolve(TRACE)), withoutTimes(killed.resolve(TRACE)));
    assertEquals(
        Files.readString(whole.resolve("completions.jsonl")),
        Files.readString(killed.resolve("completions.jsonl")));
    assertEquals(checkpointHashes(whole), checkpointHashes(killed));
    assertEquals(0, Cli.run("check", killed.toString()).exitCode());
  }

  /** As after a power cut, of which each file has kept another part. */
  @Test
  void linesThatAreLostAfterTheCheckpointAreDoneAgain() throws IOException {
    Path whole = train(List.of());
    Path run = killedInItsFourteenthUpdate();
    Path metrics = run.resolve("metrics.jsonl");
    String before = Files.readString(metrics);
    cut(metrics, 9);
    refused("metrics.jsonl: cut at line 10 since", run.toString());
    Files.writeString(metrics, before);
    cut(metrics, 11);
    cut(run.resolve("metrics.csv"), 12);
    cut(run.resolve(TRACE), 10);
    cut(run.resolve("log.txt"), Files.readAllLines(run.resolve("log.txt")).size() - 1);
    Path ledger = run.resolve("ledger.jsonl");
    cut(ledger, Files.readAllLines(ledger).size() - 4);

    Cli resumed = Cli.run("train", "--resume", run.toString());
    assertEquals(0, resumed.exitCode(), resumed.err());
    String lost = "lost after the checkpoint, and taken back: ";
    assertTrue(resumed.err().contains(lost + "metrics.jsonl, cut at line 12"), resumed.err());
    assertTrue(resumed.err().contains("resumed after 10 updates"), resumed.err());
    assertEquals(withoutTimes(whole), withoutTimes(run));
    assertEquals(withoutTimes(whole.resolve(TRACE)), withoutTimes(run.resolve(TRACE)));
    assertEquals(checkpointHashes(whole), checkpointHashes(run));
    assertEquals(0, Cli.run("check", run.toString()).exitCode());

    Path completions = run.resolve("completions.jsonl");
    String all = Files.readString(completions);
    cut(completions, Files.readAllLines(completions).size() - 1);
    Cli again = Cli.run("train", "--resume", run.toString());
    assertTrue(again.err().contains(lost + "completions.jsonl, cut at line "), again.err());
    assertEquals(all, Files.readString(completions));
    assertEquals(0, Cli.run("check", run.toString()).exitCode());
  }

  @Test
  void aColdStartThatWasStoppedGoesOn() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier stop = () -> asked.incrementAndGet() > 12;
    assertEquals(130, Cli.run(stop, trainCommand(List.of())).exitCode());
    Path run = newRun();
    assertTrue(Files.exists(run.resolve("checkpoints/cold-start-000012")));
    Cli resumed = Cli.run("train", "--resume", run.toString());
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(resumed.err().contains("resumed after 12 steps of the cold start"), resumed.err());
    Path whole = train(List.of());
    assertEquals(withoutTimes(whole), withoutTimes(run));
    assertEquals(checkpointHashes(whole), checkpointHashes(run));
  }

  @Test
  void aDamagedCheckpointIsSetAsideAndMadeAgain() throws IOException {
    Path run = train(List.of());
    List<String> before = checkpointHashes(run);
    Path checkpoint = run.resolve("checkpoints/update-000020");
    Files.writeString(checkpoint.resolve("trainer.json"), "{ }");
    Files.delete(run.resolve("report.html"));
    Path log = run.resolve("log.txt");
    Files.writeString(log, "a remark\n" + Files.readString(log));
    assertEquals(4, Cli.run("check", run.toString(), "--accept", "log.txt").exitCode());
    Cli resumed = Cli.run("train", "--resume", run.toString());
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(resumed.err().contains("set aside: " + checkpoint), resumed.err());
    assertTrue(resumed.err().contains("resumed after 15 updates"), resumed.err());
    assertTrue(resumed.err().contains("on purpose and accepted: log.txt ("), resumed.err());
    Path aside = run.resolve("checkpoints/update-000020.damaged");
    assertEquals("{ }", Files.readString(aside.resolve("trainer.json")));
    AtomicFiles.deleteDirectory(aside);
    assertEquals(before, checkpointHashes(run));
  }

  @Test
  void anEditedConfigurationIsNotTrainedWith() throws IOException {
    Path run = train(List.of());
    Path config = run.resolve("config.yaml");
    String text = Files.readString(config);
    Files.writeString(
        config,
        text.replace("updates: 20", "updates: 24").replace("inner_epochs: 2", "inner_epochs: 1"));
    refused("Undo the edit, or begin a new run with it", run.toString());
    Cli fork =
        Cli.run("train", "--resume", run.toString(), "--fork", "--out", directory.toString());
    assertEquals(0, fork.exitCode(), fork.err());
    assertEquals(4, withoutTimes(newRun()).size());
    Cli accepted = Cli.run("check", run.toString(), "--accept", "config.yaml");
    assertTrue(accepted.out().contains("accepted as it is on "), accepted.out());
    refused("is not the configuration that the run began with", run.toString());
  }

  @Test
  void anInterruptedRunGoesOn() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier stop = () -> asked.incrementAndGet() > 20 + 7; // cold start, then 7 updates
    Cli stopped = Cli.run(stop, "train", experiment().toString(), "--out", directory.toString());
    assertEquals(130, stopped.exitCode());
    Path run = newRun();
    assertEquals(0, Cli.run("train", "--resume", run.toString(), "--quiet").exitCode());
    assertEquals(20, withoutTimes(run).size());
    assertEquals("finished", json(run.resolve("summary.json")).path("status").asText());
    assertEquals(withoutTimes(train(List.of())), withoutTimes(run));
  }

  @Test
  void whatIsCompleteIsLeftAloneAndNoError() throws IOException {
    Path run = train(List.of());
    String before = Files.readString(run.resolve("ledger.jsonl"));
    Cli again = Cli.run("train", "--resume", run.toString());
    assertEquals(0, again.exitCode(), again.err());
    assertTrue(again.out().contains("all 20 updates done"), again.out());
    assertTrue(again.out().contains("--set train.updates=40"), again.out());
    Cli json = Cli.run("train", "--resume", run.toString(), "--json");
    assertEquals(Files.readString(run.resolve("summary.json")), json.out());
    assertEquals(before, Files.readString(run.resolve("ledger.jsonl")));
  }

  @Test
  void whatCannotGoOnSaysWhyAndIsLeftAlone() throws IOException {
    Path run = train(List.of());
    String before = Files.readString(run.resolve("metrics.jsonl"));
    refused("may change train.updates", run.toString(), "--set", "train.learning_rate=0.5");
    refused("leave EXPERIMENT, --seed and --out out", run.toString(), "--seed", "2");
    refused("leave EXPERIMENT, --seed and --out out", run.toString(), "--out", "elsewhere");
    refused("must be a run directory", directory.resolve("nothing").toString());
    String more = "train.updates=21";
    try (FileChannel log = FileChannel.open(run.resolve("ledger.jsonl"), StandardOpenOption.WRITE);
        FileLock lock = log.lock()) {
      assertTrue(lock.isValid());
      Cli busy = Cli.run("train", "--resume", run.toString(), "--set", more);
      assertTrue(busy.err().contains("is being written by another process"), busy.err());
    }
    Files.writeString(run.resolve("metrics.jsonl"), before.replaceFirst("\n", " \n"));
    refused("metrics.jsonl: changed at line 1 since", run.toString(), "--set", more);
    Files.writeString(run.resolve("metrics.jsonl"), before);
    assertEquals(before, Files.readString(run.resolve("metrics.jsonl")));
    assertTrue(Files.exists(run.resolve("summary.json")));
  }

  private Path killedInItsFourteenthUpdate() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier killer =
        () -> {
          if (asked.incrementAndGet() > 13) { // updates; the cold start comes from the cache
            throw new IllegalStateException("killed");
          }
          return false;
        };
    assertEquals(1, Cli.run(killer, trainCommand(List.of())).exitCode());
    return newRun();
  }

  /** Leaves so many lines, and a part of the next one. */
  private static void cut(Path file, int lines) throws IOException {
    List<String> all = Files.readAllLines(file);
    String left = String.join("\n", all.subList(0, lines)) + "\n";
    Files.writeString(file, left + all.get(lines).substring(0, 5));
  }

  private static void refused(String reason, String... arguments) {
    List<String> all = new ArrayList<>(List.of("train", "--resume"));
    all.addAll(Arrays.asList(arguments));
    Cli cli = Cli.run(all.toArray(new String[0]));
    assertEquals(2, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains(reason), cli.err());
    assertFalse(cli.err().contains("unexpected"), cli.err());
  }

  private String[] trainCommand(List<String> settings) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", experiment().toString(), "--out", directory.toString()));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return arguments.toArray(new String[0]);
  }

  private Path train(List<String> settings) throws IOException {
    Cli train = Cli.run(trainCommand(settings));
    assertEquals(0, train.exitCode(), train.err());
    return newRun();
  }

  private Path experiment() throws IOException {
    Path file = directory.resolve("tiny.yaml");
    Files.writeString(file, TINY);
    return file;
  }

  private Path newRun() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith("tiny__"))
          .filter(known::add)
          .findFirst()
          .orElseThrow();
    }
  }

  /** Everything in the checkpoints but times: parameters, optimisers, the trainer's state. */
  private static List<String> checkpointHashes(Path run) throws IOException {
    List<String> hashes = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> paths = Files.walk(run.resolve("checkpoints"))) {
      files = paths.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = run.relativize(file).toString();
      if (name.endsWith(".zip")) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
          for (String part : List.of("coefficients.bin", "updaterState.bin")) {
            byte[] bytes = zip.getInputStream(zip.getEntry(part)).readAllBytes();
            hashes.add(name + " " + part + " " + Arrays.hashCode(bytes));
          }
        }
      } else if (!name.endsWith("state.json")) {
        hashes.add(name + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return hashes;
  }

  private static List<String> withoutTimes(Path run) throws IOException {
    Path file = Files.isDirectory(run) ? run.resolve("metrics.jsonl") : run;
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceAll(",?\"(step_time|time/[a-z_]+)\":[^,}]+", ""))
        .toList();
  }

  private static JsonNode json(Path file) throws IOException {
    return JSON.readTree(Files.readString(file));
  }
}
