package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.statistics.ProbabilityOfImprovement;
import org.grpo4j.experiment.statistics.SampleSummary;

/**
 * A column of the tables of results, said once: heading, meaning, and the cell of a row. Text, page
 * and recorded page choose among them.
 *
 * @param heading what stands above it
 * @param note what it means; empty if it speaks for itself
 * @param cell its text for a row that has been measured or compared
 */
record ResultColumn(
    String heading, String note, Function<MeasureComparison.Row, Optional<String>> cell) {

  private static final List<ResultColumn> ALL =
      List.of(
          new ResultColumn("experiment", "", row -> Optional.of(row.experiment())),
          new ResultColumn(
              "runs",
              "How many runs have the number, one a seed.",
              row -> Optional.of(Integer.toString(row.seeds().size()))),
          ofMean("mean", "", found -> Words.number(found.mean())),
          ofMean(
              "95 %",
              "Interval of the mean over the seeds: bias-corrected and accelerated bootstrap. With"
                  + " few seeds it is too narrow.",
              found -> Words.interval(found.bootstrap())),
          ofMean(
              "deviation",
              "Sample standard deviation over the seeds.",
              found -> Words.number(found.sampleStandardDeviation())),
          ofMean(
              "IQM",
              "Interquartile mean: the mean without the outer quarters of the runs.",
              found -> Words.number(found.interquartileMean().value())),
          ofMean(
              "95 % of IQM",
              "Percentile bootstrap interval of the interquartile mean.",
              found -> Words.interval(found.interquartileMean().bootstrap())),
          ofMean("smallest", "", found -> Words.number(found.min())),
          ofMean("largest", "", found -> Words.number(found.max())),
          ofDifference(
              "difference",
              "The mean difference from the first experiment, seed by seed: what the seeds have in"
                  + " common, above all the cold start, cancels.",
              paired -> Words.signed(paired.mean())),
          ofDifference(
              "95 % (bootstrap)",
              "The same interval by the bootstrap.",
              paired -> Words.signedInterval(paired.summary().bootstrap())),
          ofDifference(
              "95 % (t)",
              "Student's interval of the mean difference, which is honest about few seeds. That of"
                  + " a difference of shares ends at -1 and 1.",
              paired -> Words.signedInterval(paired.studentT())),
          ofDifference(
              "shown?",
              "Whether Student's interval leaves out zero. It is not corrected for the number of"
                  + " rows: go by the primary row. Withheld: the machine was not steady enough for"
                  + " a comparison of seconds.",
              paired -> paired.verdict().toString()),
          ofDifference(
              "p (t)",
              "Student's t test, two-sided: below 0.05 where the interval leaves out zero.",
              paired -> Words.pValue(paired.tTestPValue())),
          new ResultColumn(
              "p (Holm)",
              "The same, corrected for the number of experiments compared in this row (Holm).",
              row -> row.holmPValue().stream().mapToObj(Words::pValue).findFirst()),
          ofDifference(
              "wins",
              "Seeds in which it is larger than the first experiment.",
              paired -> paired.wins() + " of " + paired.differences().size()),
          ofDifference(
              "p",
              "Wilcoxon's signed-rank test, two-sided; t with ties, z with zeros left out, ~"
                  + " approximate.",
              Words::pValue),
          ofDifference(
              "d_z",
              "Effect size: the mean difference over its standard deviation.",
              paired -> Words.number(paired.cohenDz())),
          ofDifference(
              "rank-biserial",
              "Effect size of the signed-rank test: share of rank sums that favour it minus the"
                  + " rest, from -1 to 1.",
              paired -> Words.number(paired.wilcoxon().rankBiserial())),
          ofUnpaired(
              "P(>)",
              "Probability that a run of it is larger than a run of the first experiment, whatever"
                  + " their seeds (Mann and Whitney).",
              found -> Words.number(found.value())),
          ofUnpaired(
              "95 % of P(>)",
              "Bootstrap interval of P(>), the runs of either experiment drawn for themselves.",
              found -> Words.interval(found.interval())),
          ofDifference(
              "P(>), same seed",
              "Probability that a run of it is larger than the run of the first experiment with"
                  + " the same seed.",
              paired -> Words.number(paired.pairedProbabilityOfImprovement().value())),
          ofDifference(
              "95 % of P(>), same seed",
              "Wilson's interval of P(>), same seed.",
              paired -> Words.interval(paired.pairedProbabilityOfImprovement().interval())),
          ofDifference(
              "seeds",
              "Seeds it would take to see this effect with a power of 80 %.",
              Words::seedsNeeded));

  static final List<String> BRIEF =
      List.of("experiment", "runs", "mean", "95 %", "difference", "95 % (t)", "shown?");

  static final List<String> FULL =
      ALL.stream()
          .map(ResultColumn::heading)
          .filter(heading -> !List.of("smallest", "largest").contains(heading))
          .toList();

  private static ResultColumn ofMean(
      String heading, String note, Function<SampleSummary, String> cell) {
    return new ResultColumn(heading, note, row -> Optional.of(row.summary().map(cell).orElse("-")));
  }

  private static ResultColumn ofDifference(
      String heading, String note, Function<PairedComparison, String> cell) {
    return new ResultColumn(heading, note, row -> row.againstFirst().map(cell));
  }

  private static ResultColumn ofUnpaired(
      String heading, String note, Function<ProbabilityOfImprovement, String> cell) {
    return new ResultColumn(heading, note, row -> row.unpairedProbabilityOfImprovement().map(cell));
  }

  private static Optional<ResultColumn> of(String heading) {
    return ALL.stream().filter(column -> column.heading.equals(heading)).findFirst();
  }

  /** The meaning of the column below {@code heading}; empty if it speaks for itself. */
  static String note(String heading) {
    return of(heading).map(ResultColumn::note).orElse("");
  }

  /** The cell of {@code row} below {@code heading}. */
  static String cell(String heading, MeasureComparison.Row row) {
    String missing = row.isWithheld() && heading.equals("shown?") ? "withheld" : "";
    return of(heading).orElseThrow().cell.apply(row).orElse(missing);
  }

  /**
   * The cells below {@code headings} in a table where what is missing is not shown: up to the first
   * cell that is not there, which says so if it is withheld.
   */
  static List<String> known(List<String> headings, MeasureComparison.Row row) {
    List<String> cells = new ArrayList<>();
    for (String heading : headings) {
      Optional<String> cell = of(heading).orElseThrow().cell.apply(row);
      if (cell.isEmpty()) {
        cells.addAll(row.isWithheld() ? List.of("withheld") : List.of());
        break;
      }
      cells.add(cell.get());
    }
    return cells;
  }
}
