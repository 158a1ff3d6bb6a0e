package org.grpo4j.experiment.recorded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.RunReader;
import org.grpo4j.experiment.comparison.StandardMeasures;
import org.grpo4j.experiment.comparison.SyntheticRuns;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BandTest {

  private static final OptionalDouble NONE = OptionalDouble.empty();

  @TempDir Path directory;

  private Comparison comparison;

  @BeforeEach
  void twoExperiments() throws IOException {
    comparison = compare(0.03, 0);
  }

  @Test
  void withinEverySeedMostSeedsOrOnAverage() {
    double lowest = values("accuracy", "fast").min();
    double mean = values("accuracy", "fast").mean();
    assertTrue(within("accuracy", "fast", Band.Judge.EVERY_SEED, lowest, 1).holds());
    assertFalse(within("accuracy", "fast", Band.Judge.EVERY_SEED, lowest + 1e-6, 1).holds());
    assertTrue(within("accuracy", "fast", Band.Judge.MOST_SEEDS, lowest + 1e-6, 1).holds());
    assertTrue(within("accuracy", "fast", Band.Judge.MEAN, mean - 1e-6, mean + 1e-6).holds());
    assertFalse(within("accuracy", "fast", Band.Judge.MEAN, mean + 1e-6, 1).holds());
  }

  @Test
  void noVariantMeansAll() {
    Band.Within band =
        new Band.Within("accuracy", List.of(), Band.Judge.MEAN, OptionalDouble.of(0), NONE);
    assertEquals(2, band.check(SeedTable.of(comparison)).size());
    assertEquals("accuracy of slow", band.check(SeedTable.of(comparison)).get(1).what());
  }

  @Test
  void ratioOfTwoVariantsSeedBySeed() {
    Band band =
        new Band.Ratio(
            new Pair(
                "seconds-per-update",
                List.of(),
                "fast",
                "",
                Band.Judge.EVERY_SEED,
                OptionalDouble.of(1.4),
                OptionalDouble.of(2.2)));
    List<BandResult> results = band.check(SeedTable.of(comparison));
    assertEquals(1, results.size());
    assertTrue(results.get(0).holds());
    assertEquals(1.8, results.get(0).values().get(0), 1e-12);
  }

  @Test
  void differenceOfTwoMeasures() {
    Band band =
        new Band.Difference(
            new Pair(
                "accuracy",
                List.of("fast"),
                "",
                "greedy",
                Band.Judge.MEAN,
                OptionalDouble.of(-0.1),
                OptionalDouble.of(0.1)));
    assertTrue(band.check(SeedTable.of(comparison)).get(0).holds());
  }

  @Test
  void whatWasNotMeasuredIsNotWithinAnything() {
    Band.Within band =
        new Band.Within("nothing", List.of("fast"), Band.Judge.MEAN, OptionalDouble.of(-1e9), NONE);
    assertFalse(band.check(SeedTable.of(comparison)).get(0).holds());
    assertEquals("not measured", band.check(SeedTable.of(comparison)).get(0).found());
  }

  @Test
  void aRecordIsReadBackAsItWasWrittenAndHoldsForTheSameRuns() throws IOException {
    RecordedResult written = RecordedResult.of("test", "2026-01-01T00:00:00Z", comparison);
    Path file = directory.resolve("test.json");
    Files.writeString(file, written.toJson(List.of(), Json.object()));
    RecordedResult read = RecordedResult.read(file);
    assertEquals(written, read);
    RecordCheck check = RecordCheck.of(read, comparison);
    assertTrue(check.holds());
    assertEquals(0, check.compatible());
    assertEquals(2 * 9, check.identical(), "seconds and costs are not compared");
  }

  @Test
  void otherNoiseIsCompatibleAndAnotherResultIsNot() throws IOException {
    RecordedResult recorded = RecordedResult.of("test", "", comparison);
    RecordCheck otherSeeds = RecordCheck.of(recorded, compare(0.03, 50));
    assertTrue(otherSeeds.holds(), otherSeeds.changes().toString());
    assertTrue(otherSeeds.compatible() > 0);
    RecordCheck slower = RecordCheck.of(recorded, compare(0.015, 0));
    assertFalse(slower.holds());
    assertTrue(slower.changes().toString().contains("accuracy of fast"));
  }

  /** An identical run adds what was not measured before and leaves the rest, costs included. */
  @Test
  void aRecordIsCompletedByIdenticalRuns() {
    RecordedResult fresh = RecordedResult.of("test", "later", comparison);
    Map<String, Map<String, Map<Long, Double>>> values = new LinkedHashMap<>(fresh.values());
    values.remove("greedy");
    values.put("seconds-per-update", Map.of());
    RecordedResult old =
        new RecordedResult(
            "test",
            "before",
            List.of("old program"),
            fresh.machines(),
            fresh.configHashes(),
            fresh.settings(),
            values);
    assertTrue(RecordCheck.of(old, comparison).isIdentical(), "what it lacks is no change");
    RecordedResult completed = old.completedWith(fresh);
    assertEquals(fresh.values().get("greedy"), completed.values().get("greedy"));
    assertEquals(Map.of(), completed.values().get("seconds-per-update"));
    assertEquals("before", completed.recordedAt());
    assertEquals(1 + fresh.programs().size(), completed.programs().size());
  }

  @Test
  void aChangedSettingIsNamedAndANewOneIsNoChange() {
    RecordedResult record = RecordedResult.of("test", "", comparison);
    assertTrue(RecordCheck.of(with(record, "train.group_size", "8"), comparison).holds());
    RecordCheck changed = RecordCheck.of(with(record, "train.group_size", "16"), comparison);
    assertEquals(
        List.of("fast: train.group_size was 16, now 8", "slow: train.group_size was 16, now 8"),
        changed.changes());
  }

  /** The record of a program that knew this setting only, under another hash. */
  private static RecordedResult with(RecordedResult record, String key, String value) {
    Map<String, String> settings = Map.of(key, value);
    return new RecordedResult(
        record.name(),
        record.recordedAt(),
        record.programs(),
        record.machines(),
        Map.of("fast", "another", "slow", "another"),
        Map.of("fast", settings, "slow", settings),
        record.values());
  }

  @Test
  void aRecordThatIsNoneIsNamed() throws IOException {
    Path file = directory.resolve("other.json");
    assertThrows(IOException.class, () -> RecordedResult.read(file));
    Files.writeString(file, "{\"schema\": 7}");
    Exception error = assertThrows(IOException.class, () -> RecordedResult.read(file));
    assertTrue(error.getMessage().contains("schema 2"));
  }

  private BandResult within(
      String measure, String variant, Band.Judge judge, double min, double max) {
    Band.Within band =
        new Band.Within(
            measure, List.of(variant), judge, OptionalDouble.of(min), OptionalDouble.of(max));
    return band.check(SeedTable.of(comparison)).get(0);
  }

  private org.grpo4j.experiment.statistics.SampleSummary values(String measure, String variant) {
    return comparison
        .measure(measure)
        .orElseThrow()
        .row(variant)
        .orElseThrow()
        .summary()
        .orElseThrow();
  }

  /** The same seeds, with noise of other seeds if {@code shift} is not 0. */
  private Comparison compare(double gain, long shift) throws IOException {
    List<ComparedExperiment> experiments = new ArrayList<>();
    for (String name : List.of("fast", "slow")) {
      List<FinishedRun> runs = new ArrayList<>();
      double seconds = name.equals("fast") ? 0.05 : 0.09;
      for (long seed = 1; seed <= 5; seed++) {
        Path runsDirectory = directory.resolve(gain + "-" + shift);
        runs.add(
            RunReader.read(
                SyntheticRuns.write(runsDirectory, name, seed + shift, "clip", gain, seconds)));
      }
      experiments.add(new ComparedExperiment(name, runs));
    }
    return Comparison.of("test", experiments, StandardMeasures.all(), Bootstrap.STANDARD);
  }
}
