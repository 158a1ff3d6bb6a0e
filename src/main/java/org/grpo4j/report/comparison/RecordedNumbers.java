package org.grpo4j.report.comparison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.comparison.Measure;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.comparison.Multiplicity;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.experiment.recorded.SeedTable;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.FewerSeeds;
import org.grpo4j.report.Table;

/** The tables of numbers of a recorded experiment's page. */
final class RecordedNumbers {

  /** Measures that repeat other rows; they are in the JSON. */
  private static final List<String> LEFT_OUT =
      List.of(
          "accuracy-area",
          "greedy-area",
          "accuracy-at-equal-tokens",
          "accuracy-at-equal-completions",
          "accuracy-at-equal-flops",
          "accuracy-area-seconds",
          "accuracy-at-equal-seconds");

  /** Measures shown if there is a picture over the same axis. */
  private static final Map<String, String> WITH_PICTURE =
      Map.of(
          "accuracy-at-equal-completions", "reward-over-completions",
          "accuracy-at-equal-flops", "reward-over-flops",
          "accuracy-at-equal-seconds", "reward-over-seconds");

  private static final List<String> COLUMNS =
      List.of(
          "experiment",
          "runs",
          "mean",
          "95 %",
          "smallest",
          "largest",
          "difference",
          "95 % (t)",
          "shown?");

  /** Columns of an experiment that is compared with nothing. */
  private static final int ALONE = 6;

  private RecordedNumbers() {}

  /** The measures that the page shows, with their intervals. */
  static List<MeasureComparison> shown(ExperimentDefinition definition, RecordedResult record) {
    return definition.allMeasures().stream()
        .filter(measure -> record.values().containsKey(measure.name()))
        .filter(measure -> isShown(definition, record, measure))
        .map(measure -> compared(record, measure))
        .toList();
  }

  static String results(List<MeasureComparison> measures, RecordedResult record) {
    boolean several = record.table().variants().size() > 1;
    List<String> heading = new ArrayList<>(COLUMNS.subList(0, several ? COLUMNS.size() : ALONE));
    heading.set(0, "");
    heading.set(1, "n");
    Table table = new Table().row(heading);
    for (MeasureComparison measure : measures) {
      String title = measure.measure().title();
      if (several) {
        table.row("**" + title + "**");
      }
      for (MeasureComparison.Row row : measure.rows()) {
        if (row.summary().isPresent()) {
          List<String> cells = ResultColumn.known(COLUMNS, row);
          cells.set(0, several ? row.experiment() : title);
          table.row(cells);
        }
      }
    }
    return table.markdown();
  }

  /** The number of tests in a sentence; empty if there are none. */
  static String multiplicity(List<MeasureComparison> measures) {
    return Multiplicity.of(measures).sentence().map(sentence -> sentence + "\n").orElse("");
  }

  /** The statistics of many seeds in the record beside its numbers; empty if there are few. */
  static ObjectNode statistics(ExperimentDefinition definition, RecordedResult record) {
    List<MeasureComparison> measures = shown(definition, record);
    List<MeasureComparison> many = ManySeeds.among(measures);
    if (many.isEmpty()) {
      return Json.object();
    }
    Map<String, List<FewerSeeds>> byVariant = new LinkedHashMap<>();
    for (MeasureComparison.Row row : many.get(0).rows()) {
      row.againstFirst().ifPresent(paired -> byVariant.put(row.experiment(), paired.fewerSeeds()));
    }
    return Json.tree(
        new Statistics(Multiplicity.of(measures), many.get(0).measure().name(), byVariant));
  }

  /**
   * The statistics of a record.
   *
   * @param multiplicity how many tests the page has
   * @param fewerSeedsOf the measure that fewer seeds were asked about, the first of the page
   * @param fewerSeeds their answers, by variant
   */
  private record Statistics(
      Multiplicity multiplicity, String fewerSeedsOf, Map<String, List<FewerSeeds>> fewerSeeds) {}

  /** The tables of many seeds; empty if there are few. */
  static String manySeeds(List<MeasureComparison> measures) {
    List<MeasureComparison> many = ManySeeds.among(measures);
    return many.isEmpty()
        ? ""
        : """

        ## %s

        %s
        %s

        ## How many seeds would have been needed?

        %s
        %s
        %s
        """
            .formatted(
                ManySeeds.numbersTitle(),
                ManySeeds.numbers(many, "", "").markdown(),
                ManySeeds.NUMBERS_LEGEND,
                ManySeeds.fewerSeeds(many.get(0), many.get(0).measure().title(), "").markdown(),
                ManySeeds.fewerSeeds(many, "differences that all seeds show", "").markdown(),
                ManySeeds.LEGEND);
  }

  /** A measure of the record with its intervals. */
  static MeasureComparison compared(RecordedResult record, Measure measure) {
    SeedTable seeds = record.table();
    Map<String, Map<Long, Double>> numbers = new LinkedHashMap<>();
    seeds.variants().forEach(name -> numbers.put(name, seeds.numbers(measure.name(), name)));
    return MeasureComparison.of(
        measure,
        numbers,
        name -> measure.isShare(record.settings().getOrDefault(name, Map.of())),
        seeds.clock(),
        Bootstrap.STANDARD);
  }

  private static boolean isShown(
      ExperimentDefinition definition, RecordedResult record, Measure measure) {
    if (measure.isCost()) {
      return false;
    }
    Object accuracy = record.values().getOrDefault("accuracy", Map.of());
    Object numbers = record.values().getOrDefault(measure.name(), Map.of());
    String picture = WITH_PICTURE.getOrDefault(measure.name(), "");
    return !LEFT_OUT.contains(measure.name())
        || (definition.pictures().contains(picture) && !numbers.equals(accuracy));
  }

  static String costs(List<Measure> costs, RecordedResult record) {
    Table table = new Table().row("", costs.stream().map(Measure::title).toList());
    List<String> variants = record.table().variants();
    for (String variant : variants) {
      List<String> cells = new ArrayList<>();
      for (Measure cost : costs) {
        double mean = mean(record, cost.name(), variant);
        double first = mean(record, cost.name(), variants.get(0));
        boolean times = first > 0 && !Double.isNaN(mean) && mean != first;
        cells.add(Words.number(mean) + (times ? " (" + Words.number(mean / first) + "x)" : ""));
      }
      table.row(variant, cells);
    }
    return table.markdown();
  }

  /** The mean of a measure over the seeds; NaN if there is none. */
  static double mean(RecordedResult record, String measure, String variant) {
    return record.table().numbers(measure, variant).values().stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }
}
