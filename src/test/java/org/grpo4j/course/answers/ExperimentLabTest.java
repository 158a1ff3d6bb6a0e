package org.grpo4j.course.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.cli.Main;
import org.grpo4j.course.judge.Finding;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.sweep.ComparisonJob;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.grpo4j.experiment.sweep.ProcessSweep;
import org.grpo4j.experiment.sweep.SweepEntry;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab about an experiment: what it claims is computed again, and one run is made again. */
class ExperimentLabTest {

  private static final ExperimentFiles FILES = new ExperimentFiles(List.of(Path.of("experiments")));
  private static final JavaCommand COMMAND = quick(JavaCommand.ofThisProcess(Main.class.getName()));

  private static final String BASE =
      """
      extends: digit-sum.yaml
      name: base
      model: {kind: table}
      train: {updates: 12, prompts: 8, learning_rate: 0.1}
      evaluation: {every: 12, problems: 10, final_problems: 10, final_samples: 2}
      """;

  private static final String QUESTION =
      """
      name: group-size
      question: Does a larger group end with a higher reward?
      base: base.yaml
      seeds: "1-5"
      variants:
        - {name: four, set: [train.group_size=4]}
        - {name: eight, set: [train.group_size=8]}
      """;

  /** The same for processes that end before the other compiler pays. */
  private static JavaCommand quick(JavaCommand command) {
    List<String> words = new ArrayList<>(command.words());
    words.add(1, "-XX:TieredStopAtLevel=1");
    return new JavaCommand(words, List.of());
  }

  @TempDir private static Path directory;

  private static PairedComparison paired;
  private static String record;

  @BeforeAll
  static void experiment() throws IOException {
    Files.writeString(directory.resolve("base.yaml"), BASE);
    Path question = Files.writeString(directory.resolve("question.yaml"), QUESTION);
    ExperimentDefinition definition = ExperimentDefinition.read(question);
    List<SweepEntry> entries =
        definition.variants().stream()
            .map(
                variant ->
                    new SweepEntry(
                        variant.name(),
                        definition.baseFile(question, variant),
                        definition.settings(variant)))
            .toList();
    Comparison comparison =
        new ComparisonJob(
                "test",
                entries,
                List.of(1L, 2L, 3L, 4L, 5L),
                definition.allMeasures(),
                directory.resolve("runs"),
                2,
                true)
            .run(FILES, ProcessSweep.engine(COMMAND, 2), () -> false, event -> {})
            .comparison()
            .orElseThrow();
    RecordedResult result = RecordedResult.of("group-size", "2026-01-01T00:00:00Z", comparison);
    record = result.toJson(List.of(), Json.object());
    paired =
        PairedComparison.of(
            values(result, "four"), values(result, "eight"), false, Bootstrap.STANDARD);
  }

  private static DoubleVector values(RecordedResult result, String variant) {
    return DoubleVector.of(
        result.table().numbers("entropy", variant).values().stream().mapToDouble(x -> x).toArray());
  }

  private static String conclusion() {
    double low = paired.summary().bootstrap().orElseThrow().low();
    double high = paired.summary().bootstrap().orElseThrow().high();
    String better = low > 0 || high < 0 ? "eight" : "undecided";
    return """
    measure: entropy
    changed: train.group_size
    difference: %s
    low: %s
    high: %s
    better: %s
    because: Five paired seeds of one small task; entropy at the end, and nothing about accuracy.
    """
        .formatted(paired.mean(), low, high, better);
  }

  private static List<Finding> judged(String record, String conclusion) throws IOException {
    handIn(record, conclusion);
    return ExperimentLab.judge(directory, 1, FILES, COMMAND);
  }

  private static List<Finding> onPaper(String conclusion) throws IOException {
    handIn(record, conclusion);
    return ExperimentLab.of(directory).judgeOnPaper();
  }

  private static void handIn(String record, String conclusion) throws IOException {
    Files.writeString(directory.resolve("group-size.json"), record);
    Files.writeString(directory.resolve("conclusion.yaml"), conclusion);
  }

  private static void onlyFails(int index, String with, List<Finding> findings) {
    for (int i = 0; i < findings.size(); i++) {
      assertEquals(i == index, findings.get(i).fault().isPresent(), findings.get(i).toString());
    }
    assertTrue(findings.get(index).toString().contains(with), findings.get(index).toString());
  }

  @Test
  void anHonestExperimentGetsEveryPoint() throws IOException {
    List<Finding> findings = judged(record, conclusion());
    assertEquals(10, findings.stream().mapToInt(Finding::points).sum(), findings::toString);
  }

  @Test
  void aDifferenceTheOtherWayRoundIsSaidToBeThat() throws IOException {
    String reversed = conclusion().replaceAll("difference: .*", "difference: " + -paired.mean());
    onlyFails(2, "the other way round", onPaper(reversed));
  }

  @Test
  void anIntervalOfSomethingElseIsNotOne() throws IOException {
    String wide = conclusion().replaceAll("low: .*", "low: -3").replaceAll("high: .*", "high: 3");
    wide = wide.replaceAll("better: .*", "better: undecided");
    onlyFails(2, "neither Student's t nor the bootstrap", onPaper(wide));
  }

  @Test
  void aConclusionMustFollowFromItsInterval() throws IOException {
    boolean undecided = conclusion().contains("undecided");
    String other = undecided ? "better: eight" : "better: undecided";
    onlyFails(3, "the interval", onPaper(conclusion().replaceAll("better: .*", other)));
    onlyFails(3, "in a sentence", onPaper(conclusion().replaceAll("because: .*", "because: x")));
  }

  @Test
  void whatDiffersMustBeSaid() throws IOException {
    String silent = conclusion().replace("train.group_size", "train.prompts");
    onlyFails(0, "differ in [train.group_size]", onPaper(silent));
  }

  @Test
  void aNumberThatWasWrittenByHandIsFound() throws IOException {
    String forged = record;
    for (String line : record.lines().toList()) {
      if (line.matches(" +\"[1-5]\" : -?[0-9.E-]+,?")) {
        forged = forged.replace(line, line.replaceAll(" : .*?(,?)$", " : 0.5$1"));
      }
    }
    List<Finding> findings = judged(forged, conclusion());
    assertTrue(
        findings.get(4).toString().contains("the run made again has"), findings.get(4)::toString);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    handIn(record, conclusion());
    Files.delete(directory.resolve("conclusion.yaml"));
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> ExperimentLab.judge(directory, 1, FILES, COMMAND));
    assertTrue(thrown.getMessage().contains("conclusion.yaml"), thrown::getMessage);
  }
}
