package org.grpo4j.experiment.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.task.ThinkAdd;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainerState;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.inspection.UpdateInspector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

  @TempDir Path directory;

  @Test
  void twoRunsOfTheSameSecondHaveTheirOwnDirectories() {
    RunDirectory first = TestRuns.create(directory);
    RunDirectory second = TestRuns.create(directory);
    assertEquals("think-add__1__19700101T000000Z", first.path().getFileName().toString());
    assertEquals("think-add__1__19700101T000000Z-2", second.path().getFileName().toString());
  }

  @Test
  void metricsCanBeReadBackAndAHalfWrittenLineDoesNoHarm() throws IOException {
    RunDirectory run = TestRuns.create(directory);
    try (Ledger ledger = Ledger.open(run);
        MetricsWriter writer = new MetricsWriter(run, ledger, new ThinkAdd())) {
      writer.begin(List.of("update", "reward", "eval"));
      writer.write(row("update", 0, "reward", 0.1));
      writer.write(row("update", 1, "reward", Double.NaN, "eval", 0.25));
      assertThrows(IllegalArgumentException.class, () -> writer.write(row("rewrad", 1)));
    }
    assertEquals(
        List.of("update,reward,eval", "0,0.1,", "1,,0.25"), Files.readAllLines(run.metricsTable()));
    Files.writeString(
        run.metricsJsonLines(), Files.readString(run.metricsJsonLines()) + "{\"update\":2,\"re");
    Map<String, org.grpo4j.math.DoubleVector> columns = MetricsReader.read(run);
    assertEquals(2, columns.get("update").size());
    assertEquals(0.25, columns.get("eval").get(1));
    assertTrue(Double.isNaN(columns.get("eval").get(0)));
  }

  @Test
  void everyChangeToASavedPolicyIsNoticed() throws IOException {
    Path saved = directory.resolve("saved");
    save(saved);
    SavedPolicy.check(saved);
    for (String file : fileNames(saved)) {
      String content =
          Files.readString(saved.resolve(file), java.nio.charset.StandardCharsets.ISO_8859_1);
      Files.writeString(saved.resolve(file), "x" + content);
      assertThrows(IOException.class, () -> SavedPolicy.check(saved), file + " changed");
      Files.delete(saved.resolve(file));
      assertThrows(IOException.class, () -> SavedPolicy.check(saved), file + " missing");
      org.grpo4j.experiment.files.AtomicFiles.deleteDirectory(saved);
      save(saved);
      SavedPolicy.check(saved);
    }
  }

  @Test
  void aCheckpointIsTheLatestWhateverElseLiesThere() throws IOException {
    RunDirectory run = TestRuns.create(directory);
    Checkpoints checkpoints = new Checkpoints(run);
    assertEquals(Optional.empty(), checkpoints.last());
    TrainerState state =
        new TrainerState(
            Optional.of(new TrainerState.Reference(7, DoubleVector.of(0.1, -0.0, 1e-300))),
            List.of(
                new TrainerState.Reference(17, DoubleVector.of(0.1, 3)),
                new TrainerState.Reference(18, DoubleVector.of(-0.0, Double.MIN_VALUE))),
            OptionalDouble.of(0.1 + 0.2),
            OptionalDouble.empty(),
            OptionalDouble.of(Double.MIN_VALUE));
    try (Ledger ledger = Ledger.open(run)) {
      checkpoints.write(ledger, policy(), trainer(TrainerState.EMPTY), progress(5));
      checkpoints.write(ledger, policy(), trainer(state), progress(20));
    }
    Files.createDirectory(run.checkpoints().resolve(".update-000030.part"));
    Files.writeString(run.checkpoints().resolve("update-999999.txt"), "");
    Checkpoints.Checkpoint last = checkpoints.last().orElseThrow();
    assertEquals(20, last.updatesDone());
    assertEquals(progress(20), last.progress());
    assertEquals(Optional.of(state), last.trainer());
    assertEquals(5, checkpoints.lastUpTo(19).orElseThrow().updatesDone());
    assertEquals(Optional.empty(), checkpoints.lastUpTo(4));
    assertEquals(Optional.of(TrainerState.EMPTY), checkpoints.first().orElseThrow().trainer());
  }

  @Test
  void aCheckpointThatIsALinkIsRefused() throws IOException {
    RunDirectory run = TestRuns.create(directory);
    Path elsewhere = directory.resolve("elsewhere");
    save(elsewhere);
    Files.createSymbolicLink(run.checkpoints().resolve("update-000007"), elsewhere);
    assertThrows(IOException.class, () -> new Checkpoints(run).last());
  }

  @Test
  void theConfigurationHashLeavesOutWhatChangesNoResult() {
    String hash = ConfigHash.of(config());
    assertEquals(hash, ConfigHash.of(config("seed=9", "workers=3", "name=other")));
    assertNotEquals(hash, ConfigHash.of(config("train.group_size=9")));
    assertNotEquals(hash, ConfigHash.of(config("objective.kl={kind: loss}")));
    String coldStart = ConfigHash.ofColdStart(config());
    assertEquals(coldStart, ConfigHash.ofColdStart(config("train.group_size=9", "workers=2")));
    assertNotEquals(coldStart, ConfigHash.ofColdStart(config("seed=9")));
    assertNotEquals(coldStart, ConfigHash.ofColdStart(config("cold_start.steps=9")));
    assertNotEquals(coldStart, ConfigHash.ofColdStart(config("model.width=8")));
  }

  @Test
  void theCommitIsReadFromLooseAndPackedReferences() throws IOException {
    String commit = "0123456789abcdef0123456789abcdef01234567";
    Path git = Files.createDirectories(directory.resolve(".git"));
    assertEquals(Optional.empty(), GitCommit.of(directory));
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
    Files.writeString(git.resolve("packed-refs"), "# pack-refs\n" + commit + " refs/heads/main\n");
    assertEquals(Optional.of(commit), GitCommit.of(directory));
    Files.createDirectories(git.resolve("refs/heads"));
    String newer = commit.replace('0', 'f');
    Files.writeString(git.resolve("refs/heads/main"), newer + "\n");
    assertEquals(Optional.of(newer), GitCommit.of(directory));
    Files.writeString(git.resolve("HEAD"), commit + "\n");
    assertEquals(Optional.of(commit), GitCommit.of(directory));
  }

  @Test
  void theVersionIsThatOfThePom() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String own = pom.substring(pom.indexOf("<artifactId>grpo4j</artifactId>"));
    String version = own.substring(own.indexOf("<version>") + 9, own.indexOf("</version>"));
    assertEquals(version, Manifest.VERSION);
  }

  private static Map<String, Number> row(Object... cells) {
    Map<String, Number> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      row.put((String) cells[i], (Number) cells[i + 1]);
    }
    return row;
  }

  private static List<String> fileNames(Path saved) throws IOException {
    try (var files = Files.list(saved)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void save(Path path) throws IOException {
    SavedPolicy.write(
        path,
        AtomicFiles.draft(path),
        policy(),
        Optional.of(trainer(TrainerState.EMPTY)),
        state -> state.put("updates_done", 7),
        (state, move) -> move.run());
  }

  private static RunProgress progress(int updatesDone) {
    return new RunProgress(
        updatesDone,
        0,
        new UpdateTrace.Sampled(2L * updatesDone, 14L * updatesDone),
        new PhaseSeconds(1, 2, 3, 4, 5, 6, 7, 28.5),
        true);
  }

  /** One that has this state and does nothing. */
  private static Trainer trainer(TrainerState state) {
    return new Trainer() {
      @Override
      public UpdateTrace update(int update, UpdateInspector inspector) {
        throw new UnsupportedOperationException();
      }

      @Override
      public TrainerState state() {
        return state;
      }
    };
  }

  private static TabularPolicy policy() {
    return TabularPolicy.uniform(
        4, 2, List.of(TokenSequence.of(2, 3)), new AdamSettings(0.9, 0.95, 1e-8));
  }

  private static ExperimentConfig config(String... overrides) {
    return new ExperimentFiles(List.of())
        .read(Path.of("experiments/think-add.yaml"), List.of(overrides));
  }
}
