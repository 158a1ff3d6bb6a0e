package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.report.Table;

/**
 * The stages of a pipeline, one a row in the order in which they are made: what each begins with
 * and does, and what it came to by the measures that the definition has chosen as columns.
 */
public final class StageTable {

  private static final int MOST_SOURCES = 16;

  private StageTable() {}

  /** The table; means over the seeds, with their 95 % interval where there are several. */
  public static Table of(ExperimentDefinition definition, RecordedResult record) {
    List<MeasureComparison> columns = columns(definition, record);
    List<String> heading = new ArrayList<>(List.of("stage", "begins with", "imitates", "updates"));
    columns.forEach(column -> heading.add(column.measure().title()));
    Table table = new Table().row(heading);
    for (String stage : record.table().variants()) {
      Map<String, String> settings = record.settings().getOrDefault(stage, Map.of());
      List<String> cells = new ArrayList<>();
      cells.add(settings.getOrDefault("start.stage", "fresh parameters"));
      cells.add(imitated(settings));
      cells.add(settings.getOrDefault("train.updates", "-"));
      columns.forEach(column -> cells.add(cell(column, stage)));
      table.row(stage, cells);
    }
    return table;
  }

  static List<MeasureComparison> columns(ExperimentDefinition definition, RecordedResult record) {
    return definition.columns().stream()
        .flatMap(name -> definition.allMeasures().stream().filter(one -> one.name().equals(name)))
        .map(measure -> RecordedNumbers.compared(record, measure))
        .toList();
  }

  /** The sources of the examples and the steps, such as {@code zero, 1500 steps}. */
  private static String imitated(Map<String, String> settings) {
    String steps = settings.getOrDefault("cold_start.steps", "0");
    if (steps.equals("0")) {
      return "-";
    }
    List<String> sources =
        IntStream.range(0, MOST_SOURCES)
            .mapToObj(i -> "examples[" + i + "].")
            .filter(source -> settings.containsKey(source + "kind"))
            .map(source -> settings.getOrDefault(source + "stage", "the task"))
            .toList();
    String from = sources.isEmpty() ? "the task" : String.join(" and ", sources);
    return from + ", " + steps + " steps";
  }

  /** {@code 0.767 [0.571, 0.862]}; without the interval where all seeds have the same number. */
  static String cell(MeasureComparison column, String stage) {
    return column
        .row(stage)
        .flatMap(MeasureComparison.Row::summary)
        .map(
            found ->
                found.bootstrap().isEmpty() || found.sampleStandardDeviation() == 0
                    ? Words.number(found.mean())
                    : Words.number(found.mean()) + " " + Words.interval(found.bootstrap()))
        .orElse("-");
  }
}
