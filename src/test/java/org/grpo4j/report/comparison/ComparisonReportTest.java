package org.grpo4j.report.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.RunReader;
import org.grpo4j.experiment.comparison.StandardMeasures;
import org.grpo4j.experiment.comparison.SyntheticRuns;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ComparisonReportTest {

  /** For looking at. */
  private static final Path SAMPLE = Path.of("target/comparison-sample");

  private static final Path MANY = Path.of("target/comparison-sample-many");

  @TempDir Path runs;

  @Test
  void everythingIsWrittenAndTheDrawingsAreWellFormed() throws Exception {
    ComparisonReport report = report("GRPO", "<b>Dr.</b> & \"co\"", "PPO");
    report.write(SAMPLE);
    try (Stream<Path> files = Files.list(SAMPLE)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".svg")).toList()) {
        parse(Files.readString(file));
      }
    }
    assertTrue(Files.exists(SAMPLE.resolve("reward-over-seconds.svg")));
    assertTrue(Files.exists(SAMPLE.resolve("difference-accuracy.svg")));
    String csv = Files.readString(SAMPLE.resolve("measures.csv"));
    long columns = csv.lines().findFirst().orElseThrow().chars().filter(c -> c == ',').count();
    assertTrue(csv.contains("\"<b>Dr.</b> & \"\"co\"\"\""));
    assertTrue(csv.lines().allMatch(line -> line.chars().filter(c -> c == ',').count() == columns));
  }

  @Test
  void thePageIsSelfContainedAndEscaped() throws Exception {
    String page = ComparisonPage.of(report("GRPO", "<script>alert(1)</script>", "PPO"), SAMPLE);
    assertFalse(page.contains("<script"));
    assertFalse(page.contains("http://") && page.contains("src="));
    assertTrue(page.contains("&lt;script&gt;"));
    assertTrue(page.contains("default-src 'none'"));
    assertTrue(page.contains("color-scheme: light dark"), "the report's style sheet");
  }

  @Test
  void thePageBeginsWithTheAnswerAndCanBeUsedByAll() throws Exception {
    String page = ComparisonPage.of(report("GRPO", "Dr. GRPO", "PPO"), SAMPLE);
    assertEquals(1, count(page, "<main"));
    assertEquals(0, count(page, "<th[^>]*></th>|<th[^>]*><span"));
    assertEquals(
        count(page, "<table"), count(page, "class=\"scroll-x\" tabindex=\"0\" role=\"region\""));
    String answer = page.substring(page.indexOf("<main"), page.indexOf("id=\"numbers\""));
    assertTrue(answer.contains("Greedy accuracy, held out: PPO is below GRPO"), answer);
    assertTrue(answer.contains("Primary row: Greedy accuracy, held out"));
    assertEquals(1, count(answer, "<svg"), "one figure first");
    String open =
        page.substring(page.indexOf("<main")).replaceAll("(?s)<details>.*?</details>", "");
    assertEquals(2, count(open, "<table"), "numbers, and links to the runs");
    for (Matcher ids = Pattern.compile("popovertarget=\"(note-\\d+)\"").matcher(page);
        ids.find(); ) {
      assertEquals(1, count(page, "popover id=\"" + ids.group(1) + "\""));
    }
  }

  @Test
  void thePageLeadsToTheRunsAndTheyLeadBack() throws Exception {
    ComparisonReport report = report("GRPO", "Dr. GRPO", "PPO");
    Path run = report.comparison().experiments().get(0).runs().get(0).directory();
    Files.writeString(run.resolve("report.html"), "x");
    Files.createDirectories(run.resolve("trace"));
    Files.writeString(run.resolve("trace/updates.jsonl"), "x");
    String page = ComparisonPage.of(report, runs.resolve("comparisons/a b"));
    String name = run.getFileName().toString();
    assertTrue(
        page.contains(
            "href=\"../../"
                + name
                + "/report.html?comparison=../comparisons/a%20b/report.html#update\""),
        page.substring(page.indexOf("id=\"inside\"")));
  }

  /** With 24 seeds, what five do not deserve; with five, none of it. */
  @Test
  void manySeedsHaveTablesOfTheirOwn() throws Exception {
    ComparisonReport report =
        new ComparisonReport(
            comparison("GRPO", "Dr. GRPO", "PPO", 24), List.of(), List.of(), List.of());
    report.write(MANY);
    String text = ComparisonText.of(report);
    assertTrue(text.contains("p (Holm)"), text);
    assertTrue(text.lines().anyMatch(line -> line.matches(" +PPO +less +\\d.* / 0 / 0 .*")), text);
    String page = ComparisonPage.of(report, MANY);
    assertTrue(page.contains("How many seeds would have been needed?"));
    assertTrue(page.contains("tests in these rows"));
    parse(Files.readString(MANY.resolve("profile-greedy.svg")));
    parse(Files.readString(MANY.resolve("reward-over-completions-iqm.svg")));
    assertEquals(1, count(page, "<summary>Performance profiles"));
    String few = ComparisonText.of(report("GRPO", "Dr. GRPO", "PPO"));
    assertFalse(few.contains("IQM") || few.contains("Holm)"), few);
    assertTrue(few.contains("tests in these rows"), few);
  }

  @Test
  void aRecordOfManySeedsHasThemToo() throws Exception {
    Path file = runs.resolve("many.yaml");
    Files.writeString(
        file,
        """
        name: many
        question: Which?
        base: think-add.yaml
        variants: [{name: GRPO}, {name: Dr. GRPO}, {name: PPO}]
        pictures: [profile-greedy, reward-over-completions-iqm]
        """);
    ExperimentDefinition definition = ExperimentDefinition.read(file);
    Comparison comparison = comparison("GRPO", "Dr. GRPO", "PPO", 24);
    RecordedResult record = RecordedResult.of("many", "2026-01-01", comparison);
    RecordedFiles.write(file, definition, record, comparison);
    assertEquals(record, RecordedResult.read(runs.resolve("many.json")));
    JsonNode statistics = Json.read(runs.resolve("many.json")).path("statistics");
    assertEquals("greedy", statistics.path("fewer_seeds_of").asText());
    assertEquals(3, statistics.path("fewer_seeds").path("PPO").size(), "3, 5 and 10 seeds");
    String page = Files.readString(runs.resolve("many.md"));
    assertTrue(page.contains("How many seeds would have been needed?"), page);
    assertTrue(page.contains("| PPO | less | 0 / 0 / 0 |"), page);
    assertTrue(page.contains("a *profile* is the share"), page);
  }

  @Test
  void fewSeedsAreLinesAndManyABand() throws Exception {
    assertEquals(15, count(curve(5), "line thin "));
    assertEquals(0, count(curve(5), "class=\"band "));
    assertEquals(0, count(curve(6), "line thin "));
    assertEquals(3, count(curve(6), "class=\"band "));
  }

  private String curve(int seeds) throws IOException {
    Comparison comparison = comparison("A", "B", "C", seeds);
    return ComparisonPlots.curve(comparison, comparison.curves().get(0)).inline();
  }

  private static int count(String text, String pattern) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void theTextSaysWhatTheNumbersSay() throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String text = ComparisonText.of(report("GRPO", "Dr. GRPO", "PPO"));
      assertTrue(text.contains("objective.surrogate.kind"), text);
      assertTrue(
          text.lines().anyMatch(line -> line.contains("PPO") && line.contains("less")), text);
      assertTrue(text.contains("VIOLATED"), text);
      assertTrue(text.contains("0.0625"), text);
      assertFalse(text.contains("0,0"), text);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void oneSeedAndOneExperimentGiveAReportToo() throws Exception {
    Comparison comparison =
        Comparison.of(
            "alone",
            List.of(experiment("alone", 0.03, 0.05, 1)),
            StandardMeasures.all(),
            Bootstrap.STANDARD);
    ComparisonReport report = new ComparisonReport(comparison, List.of(), List.of(), List.of());
    assertTrue(ComparisonText.of(report).contains("alone"));
    parse(ComparisonPage.of(report, SAMPLE).replaceAll("(?s).*?(<svg.*?</svg>).*", "$1"));
  }

  @Test
  void numbersAreShort() {
    assertEquals("0.873", Words.number(0.8734));
    assertEquals("8.24", Words.number(8.2389));
    assertEquals("31.2k", Words.number(31_222));
    assertEquals("741M", Words.number(7.41e8));
    assertEquals("2.5M", Words.number(2.5e6));
    assertEquals("0.00012", Words.number(1.2e-4));
    assertEquals("+0.027", Words.signed(0.027));
    assertEquals("0.000", Words.number(0));
    assertEquals("infinite", Words.signed(Double.POSITIVE_INFINITY));
    assertEquals("-", Words.number(Double.NaN));
  }

  private ComparisonReport report(String first, String second, String third) throws IOException {
    Comparison comparison = comparison(first, second, third, 5);
    BandResult kept =
        new BandResult(
            "greedy of " + first,
            "every seed at least 0.9",
            DoubleVector.of(0.9),
            "0.93 to 1 in 5 seeds, 5 within",
            true);
    BandResult missed =
        new BandResult(
            "accuracy of " + third, "mean 0.9 to 1", DoubleVector.of(0.8), "mean 0.8", false);
    return new ComparisonReport(
        comparison, List.of(), List.of(kept, missed), List.of("These numbers are invented."));
  }

  private Comparison comparison(String first, String second, String third, int seeds)
      throws IOException {
    return Comparison.of(
        "Is GRPO better than PPO?",
        List.of(
            experiment(first, 0.030, 0.045, seeds),
            experiment(second, 0.031, 0.044, seeds),
            experiment(third, 0.024, 0.084, seeds)),
        StandardMeasures.all(),
        Bootstrap.STANDARD);
  }

  private ComparedExperiment experiment(String name, double gain, double seconds, int seeds)
      throws IOException {
    List<FinishedRun> finished = new ArrayList<>();
    String hash = ComparisonPlots.slug(name);
    for (long seed = 1; seed <= seeds; seed++) {
      finished.add(
          RunReader.read(SyntheticRuns.write(runs, hash, seed, "clip" + hash, gain, seconds)));
    }
    return new ComparedExperiment(name, finished);
  }

  private static void parse(String xml) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
