package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.CurveBand;
import org.grpo4j.experiment.comparison.CurveSet;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.statistics.ConfidenceInterval;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.statistics.SampleSummary;
import org.grpo4j.report.Table;

/** A comparison as tables for other programs; numbers with all their digits. */
public final class ComparisonCsv {

  /** The columns of {@code measures.csv} after measure and experiment, by name. */
  private static final Map<String, Function<MeasureComparison.Row, Optional<?>>> COLUMNS =
      columns();

  private ComparisonCsv() {}

  /** The tables by file name. */
  public static Map<String, String> of(Comparison comparison) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("measures.csv", measures(comparison).csv());
    files.put("runs.csv", runs(comparison).csv());
    files.put("curves.csv", curves(comparison).csv());
    files.put("settings.csv", ComparisonTables.settings(comparison, "setting", "", "").csv());
    return files;
  }

  private static Map<String, Function<MeasureComparison.Row, Optional<?>>> columns() {
    Map<String, Function<MeasureComparison.Row, Optional<?>>> columns = new LinkedHashMap<>();
    columns.put("n", row -> Optional.of(row.seeds().size()));
    ofMean(columns, "mean", SampleSummary::mean);
    ofMean(columns, "sample_standard_deviation", SampleSummary::sampleStandardDeviation);
    ofMean(columns, "min", SampleSummary::min);
    ofMean(columns, "max", SampleSummary::max);
    interval(columns, "bootstrap", row -> row.summary().flatMap(SampleSummary::bootstrap));
    ofDifference(columns, "pairs", paired -> paired.differences().size());
    ofDifference(columns, "difference", PairedComparison::mean);
    interval(
        columns,
        "difference_bootstrap",
        row -> row.againstFirst().flatMap(paired -> paired.summary().bootstrap()));
    interval(
        columns, "difference_t", row -> row.againstFirst().flatMap(PairedComparison::studentT));
    ofDifference(columns, "wins", PairedComparison::wins);
    ofDifference(columns, "wilcoxon_p", paired -> paired.wilcoxon().twoSidedPValue());
    ofDifference(columns, "wilcoxon_exact", paired -> paired.wilcoxon().exact());
    ofDifference(columns, "ties", paired -> paired.wilcoxon().tied());
    ofDifference(columns, "zeros", paired -> paired.wilcoxon().zeros());
    ofDifference(columns, "cohen_dz", PairedComparison::cohenDz);
    ofDifference(columns, "rank_biserial", paired -> paired.wilcoxon().rankBiserial());
    ofDifference(
        columns, "probability_of_improvement", paired -> paired.probabilityOfImprovement().value());
    interval(
        columns,
        "probability",
        row -> row.againstFirst().flatMap(paired -> paired.probabilityOfImprovement().bootstrap()));
    ofDifference(columns, "seeds_needed", PairedComparison::seedsNeeded);
    columns.put("withheld", row -> Optional.of(row.isWithheld()));
    return columns;
  }

  private static void ofMean(
      Map<String, Function<MeasureComparison.Row, Optional<?>>> columns,
      String name,
      Function<SampleSummary, Object> number) {
    columns.put(name, row -> row.summary().map(number));
  }

  private static void ofDifference(
      Map<String, Function<MeasureComparison.Row, Optional<?>>> columns,
      String name,
      Function<PairedComparison, Object> number) {
    columns.put(name, row -> row.againstFirst().map(number));
  }

  private static void interval(
      Map<String, Function<MeasureComparison.Row, Optional<?>>> columns,
      String name,
      Function<MeasureComparison.Row, Optional<ConfidenceInterval>> interval) {
    columns.put(name + "_low", row -> interval.apply(row).map(ConfidenceInterval::low));
    columns.put(name + "_high", row -> interval.apply(row).map(ConfidenceInterval::high));
  }

  private static Table measures(Comparison comparison) {
    List<String> heading = new ArrayList<>(List.of("measure", "experiment"));
    heading.addAll(COLUMNS.keySet());
    Table table = new Table().row(heading);
    for (MeasureComparison measure : comparison.measures()) {
      for (MeasureComparison.Row row : measure.rows()) {
        List<String> cells = new ArrayList<>(List.of(measure.measure().name(), row.experiment()));
        COLUMNS.values().forEach(column -> cells.add(text(column.apply(row))));
        table.row(cells);
      }
    }
    return table;
  }

  private static String text(Optional<?> value) {
    return value.map(String::valueOf).orElse("");
  }

  private static Table runs(Comparison comparison) {
    List<String> heading = new ArrayList<>(List.of("experiment", "seed"));
    comparison.measures().forEach(measure -> heading.add(measure.measure().name()));
    heading.addAll(List.of("config_sha256", "program", "machine", "workers", "directory"));
    Table table = new Table().row(heading);
    for (ComparedExperiment experiment : comparison.experiments()) {
      for (FinishedRun run : experiment.runs()) {
        List<String> cells = new ArrayList<>(List.of(experiment.name(), "" + run.seed()));
        for (MeasureComparison measure : comparison.measures()) {
          cells.add(
              text(
                  measure
                      .row(experiment.name())
                      .map(row -> row.of(run.seed()))
                      .filter(value -> !Double.isNaN(value))));
        }
        FinishedRun.Provenance from = run.provenance();
        cells.addAll(List.of(from.configHash(), from.program(), from.machine()));
        cells.addAll(List.of("" + from.workers(), run.directory().toString()));
        table.row(cells);
      }
    }
    return table;
  }

  private static Table curves(Comparison comparison) {
    Table table =
        new Table().row("column", "axis", "experiment", "seeds", "position", "mean", "low", "high");
    for (CurveSet set : comparison.curves()) {
      for (CurveBand band : set.bands()) {
        for (int k = 0; k < band.positions().size(); k++) {
          table.row(
              set.column(),
              set.axis().fileName(),
              band.experiment(),
              "" + band.seeds(),
              "" + band.positions().get(k),
              "" + band.mean().get(k),
              "" + band.low().get(k),
              "" + band.high().get(k));
        }
      }
    }
    return table;
  }
}
