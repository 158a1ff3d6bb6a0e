package org.grpo4j.experiment.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.comparison.MeasureSource.Area;
import org.grpo4j.experiment.comparison.MeasureSource.AtUpdate;
import org.grpo4j.experiment.comparison.MeasureSource.Largest;
import org.grpo4j.experiment.comparison.MeasureSource.LastUpdates;
import org.grpo4j.experiment.comparison.MeasureSource.Median;
import org.grpo4j.experiment.comparison.MeasureSource.SummaryValue;
import org.grpo4j.experiment.files.RunArchive;
import org.grpo4j.experiment.files.TestRuns;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.metric.Metric;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  @TempDir Path runs;

  private ComparedExperiment slow;
  private ComparedExperiment quick;

  @BeforeEach
  void fiveSeedsOfTwoExperiments() throws IOException {
    List<FinishedRun> slowRuns = new ArrayList<>();
    List<FinishedRun> quickRuns = new ArrayList<>();
    for (long seed = 5; seed >= 1; seed--) {
      slowRuns.add(RunReader.read(SyntheticRuns.write(runs, "slow", seed, "clip", 0.03, 0.05)));
      quickRuns.add(RunReader.read(SyntheticRuns.write(runs, "quick", seed, "cispo", 0.03, 0.025)));
    }
    slow = new ComparedExperiment("slow", slowRuns);
    quick = new ComparedExperiment("quick", quickRuns);
  }

  @Test
  void readsWhatARunLeft() {
    FinishedRun run = slow.runs().get(2);
    assertEquals(101, run.rows());
    assertEquals("clip", run.settings().get("objective.surrogate.kind"));
    assertEquals(512, run.summary("eval/greedy_accuracy/n").orElseThrow());
    assertEquals("slow", run.provenance().configHash());
    assertEquals("0.1 abc", run.provenance().program());
    assertTrue(run.summary("eval/nothing").isEmpty());
    CommonRange all = new CommonRange(slow.runs());
    assertEquals(25_600, all.end(Axis.COMPLETIONS));
    assertEquals(5.0, all.end(Axis.SECONDS), 1e-12);
  }

  @Test
  void atEqualCompletionsTheyAreEqualAndAtEqualSecondsTheQuickOneIsAhead() {
    Comparison comparison = compare(StandardMeasures.all());
    MeasureComparison.Row completions =
        comparison.measure("accuracy-at-equal-completions").orElseThrow().rows().get(1);
    assertEquals(0, completions.againstFirst().orElseThrow().mean());
    MeasureComparison.Row seconds =
        comparison.measure("accuracy-at-equal-seconds").orElseThrow().rows().get(1);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seconds.seeds());
    assertTrue(seconds.againstFirst().orElseThrow().mean() > 0.1);
    assertEquals(5, seconds.againstFirst().orElseThrow().wins());
  }

  @Test
  void operationsAreTheRunsSpreadOverItsTokens() throws IOException {
    FinishedRun run = slow.runs().get(0);
    DoubleVector flops = Axis.FLOPS.positions(run);
    assertEquals(7.4e10, flops.get(100));
    assertEquals(
        7.4e10 / run.column("num_tokens").get(100) * run.column("num_tokens").get(7), flops.get(7));
    assertTrue(compare(StandardMeasures.all()).measure("accuracy-at-equal-flops").isPresent());
    Path summary = run.directory().resolve("summary.json");
    Files.writeString(summary, Files.readString(summary).replace("\"flops\"", "\"unknown\""));
    TestRuns.accept(run.directory());
    FinishedRun without = RunReader.read(run.directory());
    assertFalse(Axis.FLOPS.isKnown(without));
    ComparedExperiment alone = new ComparedExperiment("alone", List.of(without));
    Comparison comparison =
        Comparison.of("test", List.of(alone), StandardMeasures.all(), Bootstrap.STANDARD);
    assertTrue(comparison.measure("accuracy-at-equal-flops").isEmpty());
    assertTrue(comparison.measure("accuracy-at-equal-tokens").isPresent());
    assertTrue(comparison.curves().stream().noneMatch(set -> set.axis() == Axis.FLOPS));
  }

  @Test
  void secondsAreWithheldIfTheMachineWasNotSteady() throws IOException {
    List<FinishedRun> runs = new ArrayList<>(quick.runs().subList(0, 4));
    runs.add(RunReader.read(SyntheticRuns.write(this.runs, "quick", 5, "cispo", 0.03, 0.032)));
    Comparison comparison = compare(slow, new ComparedExperiment("quick", runs));
    assertEquals(1.28, comparison.clock().ratios().get("quick"), 1e-12);
    assertEquals(List.of("quick"), comparison.clock().unsteady());
    MeasureComparison.Row row =
        comparison.measure("accuracy-at-equal-seconds").orElseThrow().rows().get(1);
    assertTrue(row.isWithheld());
    assertTrue(row.againstFirst().isEmpty());
    assertTrue(row.summary().isPresent(), "what was measured stays");
    for (String other : List.of("accuracy-at-equal-flops", "accuracy-at-equal-completions")) {
      row = comparison.measure(other).orElseThrow().rows().get(1);
      assertFalse(row.isWithheld());
      assertTrue(row.againstFirst().isPresent());
    }
    Comparison steady = compare(slow, quick);
    assertEquals(List.of(), steady.clock().unsteady());
    assertTrue(
        steady.measures().stream()
            .flatMap(m -> m.rows().stream())
            .noneMatch(MeasureComparison.Row::isWithheld));
  }

  @Test
  void theTraceIsNotCountedAsTraining() throws IOException {
    Path directory = slow.runs().get(0).directory();
    Path metrics = directory.resolve("metrics.jsonl");
    Files.writeString(
        metrics,
        Files.readString(metrics)
            .replace("\"step_time\":0.05", "\"time/trace\":0.02,\"step_time\":0.07"));
    TestRuns.accept(directory);
    assertEquals(5.0, Axis.SECONDS.end(RunReader.read(directory)), 1e-12);
  }

  @Test
  void whatAnExperimentDoesNotHaveIsNotZero() {
    List<FinishedRun> with = new ArrayList<>();
    for (FinishedRun run : slow.runs()) {
      Map<String, DoubleVector> columns = new LinkedHashMap<>();
      run.numbers().columns().forEach(name -> columns.put(name, run.column(name)));
      columns.put(Metric.DEAD_GROUPS.key(), DoubleVector.constant(run.rows(), 0.5));
      RunNumbers numbers = RunNumbers.of(Map.of(), columns);
      with.add(new FinishedRun(run.seed(), run.directory(), run.provenance(), numbers));
    }
    MeasureComparison dead =
        compare(new ComparedExperiment("slow", with), quick).measure("dead-groups").orElseThrow();
    assertEquals(0.5, dead.rows().get(0).summary().orElseThrow().mean());
    assertEquals(List.of(), dead.rows().get(1).seeds());
    assertTrue(dead.rows().get(1).summary().isEmpty());
    assertTrue(dead.rows().get(1).againstFirst().isEmpty());
  }

  @Test
  void onlySharesAreBounded() {
    Map<String, String> right = Map.of("reward.parts[0].name", "correct");
    Map<String, String> other = Map.of("reward.parts[0].name", "length");
    Measure accuracy = StandardMeasures.all().get(1);
    assertTrue(accuracy.isShare(right));
    assertFalse(accuracy.isShare(other));
    for (Measure measure : StandardMeasures.all()) {
      boolean isShare =
          measure.title().matches(".*([Aa]ccuracy|Dead groups).*") && !measure.isCost();
      assertEquals(isShare, measure.isShare(right), measure.name());
    }
    assertTrue(new Measure("x", "x", new SummaryValue("base/pass@16"), false).isShare(other));
    assertFalse(new Measure("x", "x", new SummaryValue("eval/mean_length"), false).isShare(other));
  }

  @Test
  void costsHaveNoTest() {
    MeasureComparison cost =
        compare(StandardMeasures.all()).measure("seconds-per-update").orElseThrow();
    assertEquals(0.05, cost.rows().get(0).summary().orElseThrow().mean(), 1e-15);
    assertTrue(cost.rows().get(1).againstFirst().isEmpty());
  }

  @Test
  void onlySettingsThatDifferAreListed() {
    assertEquals(
        List.of(new SettingDifference("objective.surrogate.kind", List.of("clip", "cispo"))),
        compare(List.of()).differences());
  }

  @Test
  void pairsOnlySeedsThatBothHave() {
    ComparedExperiment fewer = new ComparedExperiment("quick", quick.runs().subList(2, 5));
    Comparison comparison =
        Comparison.of("test", List.of(slow, fewer), StandardMeasures.all(), Bootstrap.STANDARD);
    MeasureComparison.Row row = comparison.measure("accuracy").orElseThrow().rows().get(1);
    assertEquals(3, row.againstFirst().orElseThrow().differences().size());
    assertEquals(5, comparison.measure("accuracy").orElseThrow().rows().get(0).seeds().size());
  }

  @Test
  void curvesStartWhereEverySeedHasAValueAndBandsHoldTheMean() {
    for (CurveSet set : compare(List.of()).curves()) {
      for (CurveBand band : set.bands()) {
        for (int k = 0; k < band.positions().size(); k++) {
          assertTrue(band.low().get(k) <= band.middle().get(k));
          assertTrue(band.middle().get(k) <= band.high().get(k));
          double sum = 0;
          for (DoubleVector seed : band.each()) {
            sum += seed.get(k);
          }
          assertEquals(band.middle().get(k), sum / band.seeds(), 1e-12);
        }
      }
    }
    CurveSet reward = compare(List.of()).curves().get(0);
    assertEquals(256, reward.bands().get(0).positions().get(0));
    assertEquals(100, reward.bands().get(0).positions().size());
  }

  /** Of five seeds the interquartile mean leaves out the lowest and the highest at each place. */
  @Test
  void theCentreCanBeTheInterquartileMean() {
    CurveBand band =
        CurveBand.of(
                slow,
                Metric.REWARD.key(),
                Axis.COMPLETIONS,
                Centre.INTERQUARTILE_MEAN,
                Bootstrap.STANDARD)
            .orElseThrow();
    for (int k = 0; k < band.positions().size(); k++) {
      int place = k;
      double[] seeds = band.each().stream().mapToDouble(seed -> seed.get(place)).sorted().toArray();
      assertEquals((seeds[1] + seeds[2] + seeds[3]) / 3, band.middle().get(k), 1e-12);
      assertTrue(seeds[0] <= band.low().get(k) && band.high().get(k) <= seeds[4]);
    }
  }

  @Test
  void measuresOfAColumn() {
    FinishedRun run = slow.runs().get(0);
    CommonRange all = new CommonRange(slow.runs());
    double[] greedy =
        java.util.Arrays.stream(run.column(Metric.GREEDY.key()).toArray())
            .filter(value -> !Double.isNaN(value))
            .toArray();
    assertEquals(0.4, new AtUpdate(Metric.GREEDY.key(), 4).of(run, all));
    assertEquals(greedy[1], new AtUpdate(Metric.GREEDY.key(), 5).of(run, all));
    assertTrue(Double.isNaN(new AtUpdate(Metric.GREEDY.key(), 101).of(run, all)));
    assertEquals(
        (greedy[19] + greedy[20]) / 2, new LastUpdates(Metric.GREEDY.key(), 2).of(run, all), 1e-15);
    double area = 0;
    for (int k = 0; k < 20; k++) {
      area += greedy[k] / 20;
    }
    assertEquals(area, new Area(Metric.GREEDY.key(), Axis.COMPLETIONS).of(run, all), 1e-12);
    assertEquals(0.05, new Median(Metric.STEP_TIME.key()).of(run, all), 1e-15);
    assertTrue(Double.isNaN(new Largest("nothing").of(run, all)));
  }

  @Test
  void aSeedTwiceIsRefused() {
    List<FinishedRun> twice = List.of(slow.runs().get(0), slow.runs().get(0));
    assertThrows(IllegalArgumentException.class, () -> new ComparedExperiment("x", twice));
  }

  @Test
  void aDirectoryWithoutItsFilesIsNamed() throws IOException {
    Path run = slow.runs().get(0).directory();
    Files.writeString(run.resolve("metrics.jsonl"), "{\"updates_done\":1}\n");
    Exception edited = assertThrows(IOException.class, () -> RunReader.read(run));
    assertTrue(edited.getMessage().contains("metrics.jsonl: changed at line 1"));
    TestRuns.accept(run);
    Exception error = assertThrows(IOException.class, () -> RunReader.read(run));
    assertTrue(error.getMessage().endsWith("metrics.jsonl: has no column num_completions"));
  }

  @Test
  void theArchiveFindsOnlyWhatIsFinished() throws IOException {
    Path finished = slow.runs().get(1).directory();
    assertEquals(finished, RunArchive.of(runs).find("slow", 2).orElseThrow());
    assertTrue(RunArchive.of(runs).find("slow", 7).isEmpty());
    assertTrue(RunArchive.of(runs).find("other", 2).isEmpty());
    Files.writeString(
        finished.resolve("summary.json"),
        Files.readString(finished.resolve("summary.json")).replace("finished", "interrupted"));
    assertTrue(RunArchive.of(runs).find("slow", 2).isEmpty());
    String damage = RunArchive.of(runs).damage("slow", 2).orElseThrow();
    assertTrue(damage.contains("summary.json: changed at line 1"), damage);
    TestRuns.accept(finished);
    assertTrue(RunArchive.of(runs).find("slow", 2).isEmpty());
    assertTrue(RunArchive.of(runs.resolve("nowhere")).find("slow", 2).isEmpty());
  }

  @Test
  void anotherLookAddsWhatWasFinishedSince() throws IOException {
    Path older = runs.resolve("older");
    Files.move(SyntheticRuns.write(runs.resolve("moved"), "slow", 1, "clip", 0.03, 0.05), older);
    Files.setLastModifiedTime(older.resolve("summary.json"), FileTime.fromMillis(0));
    RunArchive before = RunArchive.of(runs);
    Path later = SyntheticRuns.write(runs, "slow", 6, "clip", 0.03, 0.05);
    assertTrue(before.find("slow", 6).isEmpty());
    RunArchive now = before.again();
    assertEquals(later, now.find("slow", 6).orElseThrow());
    assertEquals(slow.runs().get(0).directory(), now.find("slow", 1).orElseThrow());
  }

  private static Comparison compare(ComparedExperiment first, ComparedExperiment other) {
    return Comparison.of("test", List.of(first, other), StandardMeasures.all(), Bootstrap.STANDARD);
  }

  private Comparison compare(List<Measure> measures) {
    return Comparison.of("test", List.of(slow, quick), measures, Bootstrap.STANDARD);
  }
}
