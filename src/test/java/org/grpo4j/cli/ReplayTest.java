package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.ConfigHash;
import org.grpo4j.experiment.files.RunArchive;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.grpo4j.tour.Jdb;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates done again are the same updates, and what is not the same is found and named. */
class ReplayTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TINY =
      """
      name: tiny
      task: think-add
      model: {width: 16, heads: 2, feed_forward: 32}
      cold_start: {steps: 20, corpus_size: 200}
      train: {updates: 12, prompts: 4, group_size: 4, inner_epochs: 2, mini_batches: 2,
              reference_refresh_every: 4, reference_refresh_share: 0.6}
      objective:
        kl: {kind: loss, controller: {kind: adaptive, target: 0.001, horizon: 100}}
        entropy_controller: {kind: adaptive, target: 4, increment: 0.01}
      reward: {parts: [{name: character-credit}]}
      evaluation: {every: 4, problems: 24, final_problems: 6, final_samples: 4, examples: 2}
      checkpoints: {every: 5}
      """;

  @TempDir static Path shared;
  @TempDir Path directory;
  private static Path run = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    run = train(shared, List.of());
  }

  /** Without this the other tests would compare standstill with standstill. */
  @Test
  void theRunLearns() throws IOException {
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode row = JSON.readTree(line);
      assertTrue(row.path("grad_norm").asDouble() > 1e-3, line);
      assertTrue(row.path("update").asInt() == 0 || row.path("kl").asDouble() > 1e-5, line);
      assertNotEquals(
          0.04, row.path("update").asInt() == 0 ? 0 : row.get("kl_coefficient").asDouble());
    }
  }

  @Test
  void allUpdatesAreIdentical() throws IOException {
    Cli replay = Cli.run("replay", run.toString(), "--all");
    assertEquals(0, replay.exitCode(), replay.err() + replay.out());
    assertTrue(replay.out().contains("12 of 12 updates identical"), replay.out());
    assertFalse(replay.err().contains("last digits may differ"), replay.err());

    Cli drawn = Cli.run("replay", run.toString(), "--random", "5", "--json", "--quiet");
    assertEquals("", drawn.err());
    JsonNode result = JSON.readTree(drawn.out());
    assertEquals(5, result.path("identical").asInt());
    Set<Integer> different = new HashSet<>();
    for (JsonNode update : result.path("updates")) {
      int number = update.path("update").asInt();
      different.add(number);
      assertEquals(number / 5 * 5, update.path("from_checkpoint").asInt(), "nearest checkpoint");
    }
    assertEquals(5, different.size());
  }

  @Test
  void aCriticIsRestoredToo() throws IOException {
    for (String critic : List.of("separate", "value-head")) {
      List<String> ppo = List.of("train.group_size=1", "train.prompts=8", "advantage=generalized");
      List<String> settings = new ArrayList<>(ppo);
      settings.add("critic=" + critic);
      Path other = train(Files.createDirectory(directory.resolve(critic)), settings);
      Cli replay = Cli.run("replay", other.toString(), "--update", "3,7,11");
      assertEquals(0, replay.exitCode(), replay.err() + replay.out());
      Cli readable = Cli.run("replay", other.toString(), "--update", "8", "--readable");
      assertEquals(0, readable.exitCode(), readable.err() + readable.out());
    }
  }

  @Test
  void theReadableLayersGiveTheSameUpdateUpToRounding() throws IOException {
    Cli replay = Cli.run("replay", run.toString(), "--update", "3,8", "--readable");
    assertEquals(0, replay.exitCode(), replay.out());
    assertTrue(replay.out().contains("2 of 2 updates with the same metrics"), replay.out());
  }

  @Test
  void whatDiffersFirstIsNamed() throws IOException {
    Path copy = copyOfRun();
    Path trace = copy.resolve("trace/updates.jsonl");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(trace)) {
      ObjectNode update = (ObjectNode) JSON.readTree(line);
      if (update.path("update").asInt() == 7) {
        ((ObjectNode) update.path("digest")).put("rewards", "0").put("steps", "0");
        ((ObjectNode) update.path("metrics")).put("reward", -5.0);
      }
      lines.add(update.toString());
    }
    Files.write(trace, lines);
    Cli edited = Cli.run("replay", copy.toString(), "--update", "6");
    assertEquals(2, edited.exitCode());
    assertTrue(edited.err().contains("updates.jsonl: changed at line 8"), edited.err());
    Cli accepted = Cli.run("check", copy.toString(), "--accept", "trace/updates.jsonl");
    assertEquals(0, accepted.exitCode(), accepted.out());
    Cli replay = Cli.run("replay", copy.toString(), "--update", "6,9,10");
    assertEquals(4, replay.exitCode());
    assertTrue(
        replay.out().contains("update 7: rewards differ first, then steps; reward was -5.0, is "),
        replay.out());
    assertTrue(replay.out().contains("2 of 3 updates identical"), replay.out());
    Cli fork = Cli.run("replay", copy.toString(), "--update", "9", "--from-here");
    assertEquals(4, fork.exitCode());
    assertTrue(fork.err().contains("At update 5 there is a checkpoint"), fork.err());
  }

  @Test
  void updatesThatTheTraceHasLostAreNamed() throws IOException {
    Path copy = copyOfRun();
    Path trace = copy.resolve("trace/updates.jsonl");
    Files.write(trace, Files.readAllLines(trace).subList(0, 9));
    Cli cut = Cli.run("replay", copy.toString(), "--all");
    assertEquals(2, cut.exitCode());
    assertTrue(cut.err().contains("updates.jsonl: cut at line 10"), cut.err());
    TestRuns.accept(copy);
    Cli replay = Cli.run("replay", copy.toString(), "--all");
    assertTrue(replay.out().contains("9 of 9 updates identical"), replay.out());
    assertTrue(replay.out().contains("so not compared: update [9, 10, 11]"), replay.out());
  }

  @Test
  void anotherMachineIsSaid() throws IOException {
    Path copy = copyOfRun();
    ObjectNode manifest = (ObjectNode) JSON.readTree(copy.resolve("manifest.json").toFile());
    ((ObjectNode) manifest.path("machine")).put("kernels", "an abacus");
    Files.writeString(copy.resolve("manifest.json"), manifest.toString());
    TestRuns.accept(copy);
    Cli replay = Cli.run("replay", copy.toString(), "--update", "0");
    assertEquals(0, replay.exitCode());
    assertTrue(replay.err().contains("kernels: an abacus in the run, "), replay.err());
  }

  @Test
  void aForkWithTheSameSettingsIsTheRunItself() throws IOException {
    Path same = fork("7");
    assertEquals(rows(run).subList(7, 12), rows(same));
    JsonNode origin = JSON.readTree(same.resolve("manifest.json").toFile()).path("forked_from");
    assertEquals(7, origin.path("update").asInt());
    assertEquals(run.toAbsolutePath().toString(), origin.path("run").asText());
    String hash = ConfigHash.of(RunDirectory.open(run).readConfig());
    assertEquals(hash, origin.path("config_sha256").asText());
    assertEquals(Optional.empty(), RunArchive.of(directory).find(hash, 1), "not a whole run");
    assertEquals(0, Cli.run("replay", same.toString(), "--all").exitCode());

    Path other = fork("5", "--set", "train.learning_rate=0.01", "--set", "train.updates=9");
    List<String> rows = rows(other);
    assertEquals(4, rows.size());
    assertNotEquals(rows(run).get(6), rows.get(1));
    assertEquals(
        "train.learning_rate=0.01",
        JSON.readTree(other.resolve("manifest.json").toFile())
            .at("/forked_from/settings/0")
            .asText());
    Cli resumed = Cli.run("train", "--resume", other.toString(), "--set", "train.updates=11");
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertEquals(6, rows(other).size());
  }

  @Test
  void whatCannotBeDoneSaysWhy() throws IOException {
    refused("must be one of the traced ones, 0 to 11, got 12", "--update", "12");
    refused("from 1 to 12, got 13", "--random", "13");
    refused("only together with --from-here", "--update", "3", "--out", "x");
    refused("must be one update", "--random", "2", "--from-here");
    refused(
        "model: a fork continues with", "--update", "3", "--from-here", "--set", "model.width=32");
    refused("must be more than 3", "--update", "3", "--from-here", "--set", "train.updates=3");
    Path copy = copyOfRun();
    Files.writeString(copy.resolve("checkpoints/update-000005/fast-network.bin"), "damaged");
    Cli damaged = Cli.run("replay", copy.toString(), "--update", "8");
    assertEquals(2, damaged.exitCode());
    assertTrue(
        damaged.err().contains("fast-network.bin: changed since the run wrote it"), damaged.err());
  }

  /** Nobody sets a breakpoint, and nobody is attached while the updates before are done again. */
  @Test
  void aDebuggerThatAttachesFindsItStoppedBeforeTheUpdate() throws Exception {
    assumeTrue(Jdb.isThere(), "no jdb: this is not a JDK");
    try (DebuggedRun debugged = debugged()) {
      Cli replay = debugged.attachAndGoOn("DebugStop.beforeUpdate()");
      assertTrue(replay.out().contains("1 of 1 update identical"), replay.out());
      assertEquals(0, replay.exitCode());
    }
  }

  /** A process that is suspended does not hear Ctrl-C; it must not be left behind. */
  @ParameterizedTest
  @MethodSource("ends")
  void theWaitingProcessEndsWithTheProgram(Consumer<Process> end) throws Exception {
    try (DebuggedRun debugged = debugged()) {
      debugged.awaitPort();
      List<ProcessHandle> waiting = debugged.process.descendants().toList();
      assertFalse(waiting.isEmpty());
      end.accept(debugged.process);
      for (ProcessHandle one : waiting) {
        one.onExit().get(4, TimeUnit.SECONDS);
      }
    }
  }

  /** A signal asks, as Ctrl-C does; to be killed leaves no time for anything. */
  static List<Consumer<Process>> ends() {
    return List.of(Process::destroy, Process::destroyForcibly);
  }

  private static DebuggedRun debugged() throws IOException {
    List<String> command = new ArrayList<>(JavaCommand.ofThisProcess(Main.class.getName()).words());
    command.addAll(List.of("replay", run.toString(), "--update", "8", "--debug"));
    return new DebuggedRun(command, Path.of("."));
  }

  private static void refused(String reason, String... arguments) {
    List<String> all = new ArrayList<>(List.of("replay", run.toString()));
    all.addAll(List.of(arguments));
    Cli cli = Cli.run(all.toArray(new String[0]));
    assertEquals(2, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains(reason), cli.err());
  }

  private Path fork(String update, String... more) throws IOException {
    Set<Path> before = new HashSet<>(runsIn(directory));
    List<String> arguments =
        new ArrayList<>(List.of("replay", run.toString(), "--update", update, "--from-here"));
    arguments.addAll(List.of("--out", directory.toString()));
    arguments.addAll(List.of(more));
    Cli fork = Cli.run(arguments.toArray(new String[0]));
    assertEquals(0, fork.exitCode(), fork.err());
    return runsIn(directory).stream()
        .filter(path -> !before.contains(path))
        .findFirst()
        .orElseThrow();
  }

  private static Path train(Path directory, List<String> settings) throws IOException {
    Path file = directory.resolve("tiny.yaml");
    Files.writeString(file, TINY);
    List<String> arguments =
        new ArrayList<>(List.of("train", file.toString(), "--out", directory.toString()));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    Cli train = Cli.run(arguments.toArray(new String[0]));
    assertEquals(0, train.exitCode(), train.err());
    return runsIn(directory).get(0);
  }

  private static List<Path> runsIn(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.filter(path -> path.getFileName().toString().startsWith("tiny__")).toList();
    }
  }

  private Path copyOfRun() throws IOException {
    Path copy = directory.resolve("copy");
    try (Stream<Path> paths = Files.walk(run)) {
      for (Path path : paths.toList()) {
        Files.copy(path, copy.resolve(run.relativize(path).toString()));
      }
    }
    return copy;
  }

  private static List<String> rows(Path one) throws IOException {
    return Files.readAllLines(one.resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceAll(",?\"(step_time|time/[a-z_]+)\":[^,}]+", ""))
        .toList();
  }
}
