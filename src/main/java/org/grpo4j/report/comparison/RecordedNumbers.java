package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.comparison.ClockSpread;
import org.grpo4j.experiment.comparison.Measure;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.statistics.SampleSummary;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.report.Table;

/** The tables of numbers of a recorded experiment's page. */
final class RecordedNumbers {

  /** What repeats other rows; it is in the JSON. */
  private static final List<String> LEFT_OUT =
      List.of(
          "accuracy-area",
          "greedy-area",
          "accuracy-at-equal-tokens",
          "accuracy-at-equal-completions",
          "accuracy-at-equal-flops",
          "accuracy-area-seconds",
          "accuracy-at-equal-seconds");

  /** What is shown if there is a picture over the same axis. */
  private static final Map<String, String> WITH_PICTURE =
      Map.of(
          "accuracy-at-equal-completions", "reward-over-completions",
          "accuracy-at-equal-flops", "reward-over-flops",
          "accuracy-at-equal-seconds", "reward-over-seconds");

  private RecordedNumbers() {}

  static String results(ExperimentDefinition definition, RecordedResult record) {
    List<String> variants = record.table().variants();
    boolean several = variants.size() > 1;
    List<String> heading = new ArrayList<>(List.of("", "n", "mean", "95 %", "smallest", "largest"));
    if (several) {
      heading.addAll(List.of("difference", "95 % (t)", "shown?"));
    }
    Table table = new Table().row(heading);
    for (Measure measure : definition.allMeasures()) {
      boolean wanted =
          record.values().containsKey(measure.name()) && isShown(definition, record, measure);
      if (wanted && several) {
        table.row(List.of("**" + measure.title() + "**"));
        variants.forEach(variant -> table.row(row(record, measure, variant, variant)));
      } else if (wanted) {
        table.row(row(record, measure, variants.get(0), measure.title()));
      }
    }
    return table.markdown();
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

  private static List<String> row(
      RecordedResult record, Measure measure, String variant, String label) {
    Map<Long, Double> numbers = record.table().numbers(measure.name(), variant);
    if (numbers.isEmpty()) {
      return List.of(label, "0", "-", "-", "-", "-");
    }
    SampleSummary summary = SampleSummary.of(vector(numbers, numbers), Bootstrap.STANDARD);
    List<String> cells = new ArrayList<>();
    cells.add(label);
    cells.add(Integer.toString(summary.count()));
    cells.add(Words.number(summary.mean()));
    cells.add(Words.interval(summary.bootstrap()));
    cells.add(Words.number(summary.min()));
    cells.add(Words.number(summary.max()));
    String first = record.table().variants().get(0);
    if (!variant.equals(first)) {
      ClockSpread clock = record.table().clock();
      boolean isWithheld =
          measure.dependsOnTheMachine() && !(clock.isSteady(first) && clock.isSteady(variant));
      boolean areShares =
          measure.isShare(record.settings().getOrDefault(first, Map.of()))
              && measure.isShare(record.settings().getOrDefault(variant, Map.of()));
      cells.addAll(
          isWithheld
              ? List.of("withheld")
              : difference(record.table().numbers(measure.name(), first), numbers, areShares));
    }
    return cells;
  }

  private static List<String> difference(
      Map<Long, Double> first, Map<Long, Double> other, boolean areShares) {
    DoubleVector firstValues = vector(first, other);
    if (firstValues.size() == 0) {
      return List.of();
    }
    PairedComparison paired =
        PairedComparison.of(firstValues, vector(other, first), areShares, Bootstrap.STANDARD);
    return List.of(
        Words.signed(paired.mean()),
        Words.signedInterval(paired.studentT()),
        Words.verdict(paired));
  }

  /** The numbers of the seeds that {@code others} have too. */
  private static DoubleVector vector(Map<Long, Double> numbers, Map<Long, Double> others) {
    return DoubleVector.of(
        numbers.entrySet().stream()
            .filter(entry -> others.containsKey(entry.getKey()))
            .sorted(Map.Entry.comparingByKey())
            .mapToDouble(Map.Entry::getValue)
            .toArray());
  }

  static String costs(List<Measure> costs, RecordedResult record) {
    List<String> heading = new ArrayList<>(List.of(""));
    costs.forEach(cost -> heading.add(cost.title()));
    Table table = new Table().row(heading);
    List<String> variants = record.table().variants();
    for (String variant : variants) {
      List<String> cells = new ArrayList<>(List.of(variant));
      for (Measure cost : costs) {
        double mean = mean(record, cost, variant);
        double first = mean(record, cost, variants.get(0));
        boolean times = !variant.equals(variants.get(0)) && first > 0 && mean != first;
        cells.add(Words.number(mean) + (times ? " (" + Words.number(mean / first) + "x)" : ""));
      }
      table.row(cells);
    }
    return table.markdown();
  }

  private static double mean(RecordedResult record, Measure measure, String variant) {
    return record.table().numbers(measure.name(), variant).values().stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }
}
