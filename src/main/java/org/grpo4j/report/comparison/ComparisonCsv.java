package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.CurveBand;
import org.grpo4j.experiment.comparison.CurveSet;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.comparison.SettingDifference;
import org.grpo4j.experiment.statistics.ConfidenceInterval;
import org.grpo4j.experiment.statistics.PairedComparison;

/** A comparison as tables for other programs; numbers with all their digits. */
public final class ComparisonCsv {

  private ComparisonCsv() {}

  /** The tables by file name. */
  public static Map<String, String> of(Comparison comparison) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("measures.csv", csv(measures(comparison)));
    files.put("runs.csv", csv(runs(comparison)));
    files.put("curves.csv", csv(curves(comparison)));
    files.put("settings.csv", csv(settings(comparison)));
    return files;
  }

  private static List<List<Object>> measures(Comparison comparison) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "measure",
            "experiment",
            "n",
            "mean",
            "sample_standard_deviation",
            "min",
            "max",
            "bootstrap_low",
            "bootstrap_high",
            "pairs",
            "difference",
            "difference_bootstrap_low",
            "difference_bootstrap_high",
            "difference_t_low",
            "difference_t_high",
            "wins",
            "wilcoxon_p",
            "wilcoxon_exact",
            "ties",
            "zeros",
            "cohen_dz",
            "rank_biserial",
            "probability_of_improvement",
            "probability_low",
            "probability_high",
            "seeds_needed",
            "withheld"));
    for (MeasureComparison measure : comparison.measures()) {
      for (MeasureComparison.Row row : measure.rows()) {
        List<Object> cells = new ArrayList<>();
        cells.add(measure.measure().name());
        cells.add(row.experiment());
        cells.add(row.seeds().size());
        row.summary()
            .ifPresentOrElse(
                summary -> {
                  cells.add(summary.mean());
                  cells.add(summary.sampleStandardDeviation());
                  cells.add(summary.min());
                  cells.add(summary.max());
                  interval(cells, summary.bootstrap());
                },
                () -> empty(cells, 6));
        row.againstFirst().ifPresentOrElse(paired -> paired(cells, paired), () -> empty(cells, 17));
        cells.add(row.isWithheld());
        rows.add(cells);
      }
    }
    return rows;
  }

  private static void paired(List<Object> cells, PairedComparison paired) {
    cells.add(paired.differences().size());
    cells.add(paired.mean());
    interval(cells, paired.summary().bootstrap());
    interval(cells, paired.studentT());
    cells.add(paired.wins());
    cells.add(paired.wilcoxon().twoSidedPValue());
    cells.add(paired.wilcoxon().exact());
    cells.add(paired.wilcoxon().tied());
    cells.add(paired.wilcoxon().zeros());
    cells.add(paired.cohenDz());
    cells.add(paired.wilcoxon().rankBiserial());
    cells.add(paired.probabilityOfImprovement().value());
    interval(cells, paired.probabilityOfImprovement().bootstrap());
    cells.add(paired.seedsNeeded());
  }

  private static void interval(List<Object> cells, Optional<ConfidenceInterval> interval) {
    cells.add(interval.<Object>map(ConfidenceInterval::low).orElse(""));
    cells.add(interval.<Object>map(ConfidenceInterval::high).orElse(""));
  }

  private static void empty(List<Object> cells, int count) {
    for (int i = 0; i < count; i++) {
      cells.add("");
    }
  }

  private static List<List<Object>> runs(Comparison comparison) {
    List<List<Object>> rows = new ArrayList<>();
    List<Object> heading = new ArrayList<>(List.of("experiment", "seed"));
    comparison.measures().forEach(measure -> heading.add(measure.measure().name()));
    heading.addAll(List.of("config_sha256", "program", "machine", "workers", "directory"));
    rows.add(heading);
    for (ComparedExperiment experiment : comparison.experiments()) {
      for (FinishedRun run : experiment.runs()) {
        List<Object> cells = new ArrayList<>(List.of(experiment.name(), run.seed()));
        for (MeasureComparison measure : comparison.measures()) {
          double value =
              measure.row(experiment.name()).map(row -> row.of(run.seed())).orElse(Double.NaN);
          cells.add(Double.isNaN(value) ? "" : value);
        }
        cells.add(run.provenance().configHash());
        cells.add(run.provenance().program());
        cells.add(run.provenance().machine());
        cells.add(run.provenance().workers());
        cells.add(run.directory());
        rows.add(cells);
      }
    }
    return rows;
  }

  private static List<List<Object>> curves(Comparison comparison) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of("column", "axis", "experiment", "seeds", "position", "mean", "low", "high"));
    for (CurveSet set : comparison.curves()) {
      for (CurveBand band : set.bands()) {
        for (int k = 0; k < band.positions().size(); k++) {
          rows.add(
              List.of(
                  set.column(),
                  set.axis().fileName(),
                  band.experiment(),
                  band.seeds(),
                  band.positions().get(k),
                  band.mean().get(k),
                  band.low().get(k),
                  band.high().get(k)));
        }
      }
    }
    return rows;
  }

  private static List<List<Object>> settings(Comparison comparison) {
    List<List<Object>> rows = new ArrayList<>();
    List<Object> heading = new ArrayList<>(List.of("setting"));
    comparison.experiments().forEach(experiment -> heading.add(experiment.name()));
    rows.add(heading);
    for (SettingDifference difference : comparison.differences()) {
      List<Object> cells = new ArrayList<>(List.of(difference.key()));
      cells.addAll(difference.values());
      rows.add(cells);
    }
    return rows;
  }

  /** RFC 4180, with line feeds alone. */
  private static String csv(List<List<Object>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<Object> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        text.append(c == 0 ? "" : ",").append(cell(String.valueOf(row.get(c))));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String cell(String text) {
    return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
