package org.grpo4j.report.comparison;

import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.statistics.PairedComparison;

/**
 * The columns of the page's tables of results: which there are, their cells, and what they mean.
 */
final class ResultColumns {

  static final List<String> BRIEF =
      List.of("experiment", "runs", "mean", "95 %", "difference", "95 % (t)", "shown?");

  static final List<String> FULL =
      List.of(
          "experiment",
          "runs",
          "mean",
          "95 %",
          "deviation",
          "difference",
          "95 % (bootstrap)",
          "95 % (t)",
          "shown?",
          "wins",
          "p",
          "d_z",
          "rank-biserial",
          "P(>)",
          "95 % of P(>)",
          "seeds");

  /** By heading; a column that is not here speaks for itself. */
  static final Map<String, String> NOTES =
      Map.ofEntries(
          Map.entry("runs", "How many runs have the number, one a seed."),
          Map.entry(
              "95 %",
              "Interval of the mean over the seeds: bias-corrected and accelerated bootstrap. With"
                  + " few seeds it is too narrow."),
          Map.entry("deviation", "Sample standard deviation over the seeds."),
          Map.entry(
              "difference",
              "The mean difference from the first experiment, seed by seed: what the seeds have in"
                  + " common, above all the cold start, cancels."),
          Map.entry(
              "95 % (t)",
              "Student's interval of the mean difference, which is honest about few seeds. That of"
                  + " a difference of shares ends at -1 and 1."),
          Map.entry("95 % (bootstrap)", "The same interval by the bootstrap."),
          Map.entry(
              "shown?",
              "Whether Student's interval leaves out zero. It is not corrected for the number of"
                  + " rows: go by the primary row. Withheld: the machine was not steady enough for"
                  + " a comparison of seconds."),
          Map.entry("wins", "Seeds in which it is larger than the first experiment."),
          Map.entry(
              "p",
              "Wilcoxon's signed-rank test, two-sided; t with ties, z with zeros left out, ~"
                  + " approximate."),
          Map.entry("d_z", "Effect size: the mean difference over its standard deviation."),
          Map.entry(
              "rank-biserial",
              "Effect size of the signed-rank test: share of rank sums that favour it minus the"
                  + " rest, from -1 to 1."),
          Map.entry(
              "P(>)", "Probability that a run of it is larger than a run of the first experiment."),
          Map.entry("95 % of P(>)", "Bootstrap interval of P(>)."),
          Map.entry("seeds", "Seeds it would take to see this effect with a power of 80 %."));

  private ResultColumns() {}

  /** The cell of {@code row} below {@code heading}. */
  static String cell(String heading, MeasureComparison.Row row) {
    return switch (heading) {
      case "experiment" -> row.experiment();
      case "runs" -> Integer.toString(row.seeds().size());
      case "mean" -> row.summary().map(found -> Words.number(found.mean())).orElse("-");
      case "95 %" -> row.summary().map(found -> Words.interval(found.bootstrap())).orElse("-");
      case "deviation" ->
          row.summary().map(found -> Words.number(found.sampleStandardDeviation())).orElse("-");
      default ->
          row.againstFirst()
              .map(paired -> cell(heading, paired))
              .orElse(row.isWithheld() && heading.equals("shown?") ? "withheld" : "");
    };
  }

  private static String cell(String heading, PairedComparison paired) {
    return switch (heading) {
      case "difference" -> Words.signed(paired.mean());
      case "95 % (bootstrap)" -> Words.signedInterval(paired.summary().bootstrap());
      case "95 % (t)" -> Words.signedInterval(paired.studentT());
      case "shown?" -> Words.verdict(paired);
      case "wins" -> paired.wins() + " of " + paired.differences().size();
      case "p" -> Words.pValue(paired);
      case "d_z" -> Words.number(paired.cohenDz());
      case "rank-biserial" -> Words.number(paired.wilcoxon().rankBiserial());
      case "P(>)" -> Words.number(paired.probabilityOfImprovement().value());
      case "95 % of P(>)" -> Words.interval(paired.probabilityOfImprovement().bootstrap());
      default -> Words.seedsNeeded(paired);
    };
  }
}
