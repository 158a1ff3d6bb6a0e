package org.grpo4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.grpo4j.experiment.sweep.PlannedRun;
import org.grpo4j.experiment.sweep.RunOutcome;
import org.grpo4j.experiment.sweep.SweepEngine;
import org.grpo4j.experiment.sweep.SweepEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSparkTest {

  private static final String BLOWS_UP = "objective.kl={kind: loss, coefficient: 1e308}";

  /** Keys whose numbers are other ones in every run, or are as long as such numbers. */
  private static final String CLOCKS =
      "\"(step_time|time/\\w+|startup|cold_start|rollout|score|optimize|trace|evaluation|total"
          + "|other|seconds|peak_memory\\w*|\\w*_seconds|\\w+_per_second|size_bytes/checkpoint)\"";

  @TempDir Path directory;

  @Test
  void runsAreTheSameAsThoseOfProcesses() throws IOException {
    String two = FewSumsRuns.file(directory, "GRPO", "").toString();
    String four = FewSumsRuns.file(directory, "Raw", "advantage: raw-reward\n").toString();
    Path spark = directory.resolve("spark");
    Path processes = directory.resolve("processes");
    String first = compare(two, four, spark, "--spark", "local[2]");
    assertTrue(first.startsWith("0 4 runs to make, 2 at a time; 0 reused\n"), first);
    assertTrue(first.contains("[4/4] "), first);
    assertFalse(first.contains("WARN"), first);
    compare(two, four, processes, "--jobs", "2");

    Map<String, Path> made = FewSumsRuns.whole(spark);
    Map<String, Path> expected = FewSumsRuns.whole(processes);
    assertEquals(Set.of("GRPO__1", "GRPO__2", "Raw__1", "Raw__2"), made.keySet());
    assertEquals(made.keySet(), expected.keySet());
    for (Map.Entry<String, Path> run : expected.entrySet()) {
      Path other = made.get(run.getKey());
      assertEquals(files(run.getValue()), files(other));
      for (String file : files(run.getValue())) {
        if (!file.matches(".*(log.txt|ledger.jsonl|report.html|metrics.csv|[.]svg)")) {
          assertEquals(withoutClocks(run.getValue(), file), withoutClocks(other, file), file);
        }
      }
    }
    assertTrue(files(made.get("GRPO__1")).contains("trace/updates.jsonl"));
    assertFalse(files(made.get("GRPO__2")).contains("trace/updates.jsonl"));

    String again = compare(two, four, spark, "--spark", "local[2]");
    assertTrue(again.startsWith("0 0 runs to make, 2 at a time; 4 reused\n"), again);
    assertEquals(made, FewSumsRuns.whole(spark));
  }

  private static String compare(String one, String other, Path runs, String... how) {
    List<String> words = new ArrayList<>(List.of("compare", one, other, "--seeds", "1-2"));
    words.addAll(List.of("--runs", runs.toString()));
    words.addAll(List.of(how));
    return FewSumsRuns.run(words.toArray(String[]::new));
  }

  private static List<String> files(Path run) throws IOException {
    try (Stream<Path> paths = Files.walk(run)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> run.relativize(path).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** Bytes, but of numbers in text not those that a clock or the machine's memory has made. */
  private static String withoutClocks(Path run, String file) throws IOException {
    byte[] bytes = Files.readAllBytes(run.resolve(file));
    return file.endsWith(".json") || file.endsWith(".jsonl")
        ? new String(bytes, StandardCharsets.UTF_8)
            .replaceAll(CLOCKS + " ?: ?[-0-9.Ee]+", "")
            .replaceAll("\"cold_start_reused\" : \\w+", "") // whoever of two comes later
            .replaceAll("\"(started_at|finished_at|sha256)\" ?: ?\"[^\"]*\"", "")
        : Arrays.toString(bytes);
  }

  @Test
  void whatFailsIsReportedAndTheOthersGoOn() throws IOException {
    Path file = FewSumsRuns.file(directory, "few", "");
    List<PlannedRun> planned = new ArrayList<>(FewSumsRuns.planned(file, 2));
    planned.add(1, FewSumsRuns.planned(file, 1, "train.optimizer=sgd", BLOWS_UP).get(0));
    Path runs = directory.resolve("runs");
    List<SweepEvent> events = new ArrayList<>();
    SweepEngine.Made made =
        new SparkSweep("local[1]", 1, List.of()).run(planned, runs, () -> false, events::add);
    assertEquals(List.of(0, 3, 0), made.outcomes().stream().map(RunOutcome::exitCode).toList());
    String log = Files.readString(made.outcomes().get(1).log());
    assertTrue(log.contains("training became non-finite"), log);
    assertEquals(Set.of("few__1", "few__2"), FewSumsRuns.whole(runs).keySet());
    assertEquals(6, events.size());
    for (PlannedRun run : planned) {
      int start = events.indexOf(new SweepEvent.Started(run));
      int end = events.indexOf(made.outcomes().get(planned.indexOf(run)));
      assertTrue(start >= 0 && start < end, start + " " + end);
    }
  }

  @Test
  void stoppingKeepsWhatIsFinished() throws IOException {
    Path file = FewSumsRuns.file(directory, "few", "");
    Path runs = directory.resolve("runs");
    List<SweepEvent> ended = new ArrayList<>();
    SweepEngine.Made made =
        new SparkSweep("local[1]", 1, List.of())
            .run(
                FewSumsRuns.planned(file, 40, "train.updates=60"),
                runs,
                () -> !ended.isEmpty(),
                event -> {
                  if (event instanceof RunOutcome outcome) {
                    ended.add(outcome);
                  }
                });
    assertTrue(made.stopped());
    assertTrue(made.outcomes().size() < 40, made.outcomes().size() + " runs");
    assertEquals(made.outcomes().size(), FewSumsRuns.whole(runs).size());
  }

  @Test
  void runsThatBeginWithOthersAreGivenThemAndAreTheSameAsThoseOfProcesses() throws IOException {
    FewSumsRuns.file(directory, "few", "");
    Path chain =
        Files.writeString(
            directory.resolve("chain.yaml"),
            """
            name: chain
            question: What does each stage do?
            base: few.yaml
            seeds: 1-2
            variants:
              - name: first
              - name: second
                set: ["start={kind: run, stage: first}", cold_start.steps=0]
              - name: third
                set: ["start={kind: run, stage: second}", cold_start.steps=0]
            """);
    Path spark = directory.resolve("spark");
    Path processes = directory.resolve("processes");
    String said = experiment(chain, spark, "--spark", "local[2]");
    assertTrue(said.startsWith("0 "), said);
    experiment(chain, processes, "--jobs", "2");
    Map<String, Path> made = FewSumsRuns.whole(spark);
    Map<String, Path> expected = FewSumsRuns.whole(processes);
    assertEquals(6, made.size(), said);
    assertEquals(expected.keySet(), made.keySet());
    for (Map.Entry<String, Path> run : expected.entrySet()) {
      Path other = made.get(run.getKey());
      assertEquals(
          withoutClocks(run.getValue(), "metrics.jsonl"), withoutClocks(other, "metrics.jsonl"));
    }
  }

  private String experiment(Path definition, Path runs, String... how) {
    List<String> words = new ArrayList<>(List.of("experiment", definition.toString()));
    words.addAll(List.of("--runs", runs.toString()));
    words.addAll(List.of(how));
    return FewSumsRuns.run(words.toArray(String[]::new));
  }
}
