package org.grpo4j.report.comparison;

import java.util.List;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.statistics.PairedComparison;

/** The result as sentences that claim no more than the intervals do. */
final class Answers {

  /** The next questions: sampled accuracy, and with the same completions, FLOPs or seconds. */
  private static final List<String> AT_EQUAL =
      List.of(
          "pass@1",
          "accuracy-at-equal-completions",
          "accuracy-at-equal-flops",
          "accuracy-at-equal-seconds");

  private Answers() {}

  /** The row to go by, and what the others are. */
  static String primaryRow(Comparison comparison) {
    return "Primary row: "
        + comparison.primary().measure().title()
        + ". The other rows say more about it; their intervals are not corrected for their number.";
  }

  /** The answer of the primary row, one sentence an experiment but the first. */
  static List<String> primary(Comparison comparison) {
    MeasureComparison measure = comparison.primary();
    String first = comparison.experiments().get(0).name();
    if (comparison.experiments().size() == 1) {
      return measure.rows().get(0).summary().stream()
          .map(found -> Words.number(found.mean()) + " " + Words.interval(found.bootstrap()))
          .map(numbers -> measure.measure().title() + ": " + numbers + ".")
          .toList();
    }
    return measure.rows().stream()
        .filter(row -> row.againstFirst().isPresent())
        .map(row -> sentence(measure, row, first))
        .toList();
  }

  /** The rows a reader sees first: the primary one, and those at equal what. */
  static List<MeasureComparison> main(Comparison comparison) {
    String primary = comparison.primary().measure().name();
    return comparison.measures().stream()
        .filter(
            found ->
                found.measure().name().equals(primary) || AT_EQUAL.contains(found.measure().name()))
        .toList();
  }

  private static String sentence(
      MeasureComparison measure, MeasureComparison.Row row, String first) {
    PairedComparison paired = row.againstFirst().orElseThrow();
    int seeds = paired.differences().size();
    String numbers =
        "%s %s in %s"
            .formatted(
                Words.signed(paired.mean()),
                Words.signedInterval(paired.studentT()),
                seeds == 1 ? "1 seed" : seeds + " paired seeds");
    String what = measure.measure().title() + ": " + row.experiment();
    return switch (paired.verdict()) {
      case MORE -> what + " is above " + first + ", " + numbers + ".";
      case LESS -> what + " is below " + first + ", " + numbers + ".";
      case NOT_SHOWN, ONE_SEED -> what + " and " + first + " are not told apart, " + numbers + ".";
    };
  }
}
