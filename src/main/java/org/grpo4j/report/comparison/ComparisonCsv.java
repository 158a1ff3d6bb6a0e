package org.grpo4j.report.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.CurveBand;
import org.grpo4j.experiment.comparison.CurveSet;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.report.Table;

/** A comparison as tables for other programs; numbers with all their digits. */
public final class ComparisonCsv {

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

  /** Every number of a row of the JSON is a column, called by its path. */
  private static Table measures(Comparison comparison) {
    List<Map<String, String>> rows = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>(List.of("measure", "experiment"));
    for (MeasureComparison measure : comparison.measures()) {
      for (MeasureComparison.Row row : measure.rows()) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("measure", measure.measure().name());
        cells.put("n", "" + row.seeds().size());
        flatten("", Json.tree(row), cells);
        columns.addAll(cells.keySet());
        rows.add(cells);
      }
    }
    Table table = new Table().row(List.copyOf(columns));
    for (Map<String, String> cells : rows) {
      table.row(columns.stream().map(column -> cells.getOrDefault(column, "")).toList());
    }
    return table;
  }

  private static void flatten(String path, JsonNode object, Map<String, String> cells) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode value = entry.getValue();
      if (value.isObject()) {
        flatten(path + entry.getKey() + ".", value, cells);
      } else if (!value.isArray()) {
        cells.put(path + entry.getKey(), value.asText());
      }
    }
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
              measure
                  .row(experiment.name())
                  .map(row -> row.of(run.seed()))
                  .filter(value -> !Double.isNaN(value))
                  .map(String::valueOf)
                  .orElse(""));
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
        new Table()
            .row(
                "column",
                "axis",
                "centre",
                "experiment",
                "seeds",
                "position",
                "middle",
                "low",
                "high");
    for (CurveSet set : comparison.curves()) {
      for (CurveBand band : set.bands()) {
        for (int k = 0; k < band.positions().size(); k++) {
          table.row(
              set.column(),
              set.axis().fileName(),
              set.centre().fileName(),
              band.experiment(),
              "" + band.seeds(),
              "" + band.positions().get(k),
              "" + band.middle().get(k),
              "" + band.low().get(k),
              "" + band.high().get(k));
        }
      }
    }
    return table;
  }
}
