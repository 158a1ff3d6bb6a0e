package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.statistics.PairedComparison;

/** The main differences as sentences that claim no more than the intervals do. */
final class Answers {

  /** What a reader asks first: at equal completions, and at equal seconds. */
  private static final List<String> MEASURES =
      List.of("greedy", "accuracy-at-equal-completions", "accuracy-at-equal-seconds");

  private Answers() {}

  static List<String> of(Comparison comparison) {
    List<String> sentences = new ArrayList<>();
    String first = comparison.experiments().get(0).name();
    for (String name : MEASURES) {
      comparison
          .measure(name)
          .ifPresent(
              measure ->
                  measure.rows().stream()
                      .filter(row -> row.againstFirst().isPresent())
                      .forEach(row -> sentences.add(sentence(measure, row, first))));
    }
    return sentences;
  }

  private static String sentence(
      MeasureComparison measure, MeasureComparison.Row row, String first) {
    PairedComparison paired = row.againstFirst().orElseThrow();
    int seeds = paired.differences().size();
    String numbers =
        Words.signed(paired.mean())
            + " "
            + Words.signedInterval(paired.studentT())
            + " in "
            + seeds
            + (seeds == 1 ? " seed" : " paired seeds");
    String what = measure.measure().title() + ": " + row.experiment();
    return switch (Words.verdict(paired)) {
      case "more" -> what + " is above " + first + ", " + numbers + ".";
      case "less" -> what + " is below " + first + ", " + numbers + ".";
      default -> what + " and " + first + " are not told apart, " + numbers + ".";
    };
  }
}
