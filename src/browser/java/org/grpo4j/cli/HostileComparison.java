package org.grpo4j.cli;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.Measure;
import org.grpo4j.experiment.comparison.MeasureSource;
import org.grpo4j.experiment.comparison.RunReader;
import org.grpo4j.experiment.comparison.StandardMeasures;
import org.grpo4j.experiment.comparison.SyntheticRuns;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.sweep.PlannedRun;
import org.grpo4j.experiment.sweep.RunOutcome;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.report.comparison.ComparisonReport;
import org.grpo4j.report.page.ReportPage;

/**
 * A comparison in which every text is somebody's: titles, names, settings, provenance, file names.
 *
 * @param page its page; the directories of the runs are beside it
 * @param experiments names of the experiments, as they are to be shown
 * @param shown every text, as it is to be shown
 */
record HostileComparison(Path page, List<String> experiments, List<String> shown) {

  /** Pictures beside the page that name the experiments. */
  static final List<String> PICTURES =
      List.of("reward-over-completions.svg", "difference-greedy.svg");

  private static final int SETTINGS = 60;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** Texts by number, and which of them a page must show. */
  private record Texts(IntFunction<String> source, String scheme, List<String> shown) {

    String next() {
      String text = source.apply(shown.size());
      shown.add(visible(text));
      return text;
    }

    /** Of characters that a column and a file name may have, and so many. */
    String name() {
      String name = source.apply(shown.size()).replaceAll("[\\p{Cs}\\p{Cc}/]", "");
      name = scheme + name.substring(0, Math.min(60, name.length()));
      shown.add(visible(name));
      return name;
    }

    /** What stands for a character that neither HTML nor XML has. */
    private static String visible(String text) {
      return text.replaceAll("[\\x00-\\x1f\ufffe\uffff&&[^\\n\\t]]", "\ufffd");
    }
  }

  /**
   * Writes the comparison of three experiments, two runs each, into {@code directory}; file names
   * begin with {@code scheme}.
   */
  static HostileComparison write(Path directory, String scheme, IntFunction<String> source)
      throws IOException {
    Texts texts = new Texts(source, scheme, new ArrayList<>());
    List<String> part = List.of(texts.name(), texts.name());
    List<ComparedExperiment> experiments = new ArrayList<>();
    for (int e = 0; e < 3; e++) {
      String name = texts.next();
      List<FinishedRun> runs = new ArrayList<>();
      for (int seed = 1; seed <= 2; seed++) {
        double seconds = seed * 0.04; // unsteady: the page says whose are
        Path plain = SyntheticRuns.write(directory, "h" + e, seed, "clip", 0.03 + e, seconds);
        Path run = Files.move(plain, directory.resolve(texts.name()));
        if (seed == 1) { // settings go by the first run
          settings(run, texts);
        }
        results(run, texts, part);
        TestRuns.accept(run);
        Path page = run.resolve(ComparisonReport.PAGE);
        if (e == 0 && seed == 1) { // the one that is looked at
          ReportPage.write(List.of(RunDirectory.open(run)), page);
        } else {
          Files.writeString(page, "linked");
        }
        runs.add(RunReader.read(run));
      }
      experiments.add(new ComparedExperiment(name, runs));
    }
    List<Measure> measures = new ArrayList<>(StandardMeasures.all());
    measures.add(
        new Measure("own", texts.next(), new MeasureSource.SummaryValue("parameters"), false));
    measures.add(new Measure("more", texts.next(), new MeasureSource.SummaryValue("flops"), true));
    Comparison comparison = Comparison.of(texts.next(), experiments, measures, Bootstrap.STANDARD);
    BandResult band =
        new BandResult(texts.next(), texts.next(), DoubleVector.of(1), texts.next(), true);
    ExperimentConfig config =
        new ExperimentFiles(List.of()).read(Path.of("experiments/think-add.yaml"), List.of());
    RunOutcome failure =
        new RunOutcome(
            new PlannedRun(texts.next(), config, "h", false),
            1,
            directory.resolve(texts.name()),
            1);
    new ComparisonReport(
            comparison, List.of(failure), List.of(band), List.of(texts.next(), texts.next()))
        .write(directory);
    return new HostileComparison(
        directory.resolve(ComparisonReport.PAGE),
        experiments.stream().map(one -> Texts.visible(one.name())).toList(),
        texts.shown);
  }

  private static void settings(Path run, Texts texts) throws IOException {
    StringBuilder settings = new StringBuilder("policy_notes:\n");
    for (int i = 0; i < SETTINGS; i++) {
      settings.append("  ? ").append(JSON.writeValueAsString(i % 2 == 0 ? "n" + i : texts.next()));
      settings.append("\n  : ").append(JSON.writeValueAsString(texts.next())).append('\n');
    }
    Files.writeString(run.resolve("config.yaml"), settings, StandardOpenOption.APPEND);
  }

  /** Writes texts into provenance and metrics, which get {@code parts} of the reward. */
  private static void results(Path run, Texts texts, List<String> parts) throws IOException {
    Path manifest = run.resolve("manifest.json");
    ObjectNode provenance = (ObjectNode) JSON.readTree(Files.readString(manifest));
    provenance.put("grpo4j_version", texts.next()).put("git_commit", texts.next());
    provenance.withObject("/machine").put("processor", texts.next());
    Files.writeString(manifest, JSON.writeValueAsString(provenance) + "\n");
    Path metrics = run.resolve("metrics.jsonl");
    List<String> rows = new ArrayList<>();
    for (String row : Files.readAllLines(metrics)) {
      ObjectNode columns = (ObjectNode) JSON.readTree(row);
      parts.forEach(part -> columns.put("rewards/" + part + "/mean", 0.5));
      rows.add(JSON.writeValueAsString(columns));
    }
    Files.write(metrics, rows);
  }
}
