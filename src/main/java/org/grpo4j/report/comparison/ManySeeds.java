package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.statistics.FewerSeeds;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.statistics.Verdict;
import org.grpo4j.math.Numbers;
import org.grpo4j.report.Table;

/**
 * The tables that only a comparison of many seeds has: robust numbers, and the word of fewer seeds.
 * Text, page and recorded page show the same.
 */
final class ManySeeds {

  /** Those of {@link ResultColumn} that few seeds do not deserve. */
  static final List<String> COLUMNS =
      List.of(
          "experiment",
          "runs",
          "IQM",
          "95 % of IQM",
          "P(>)",
          "95 % of P(>)",
          "shown?",
          "p (t)",
          "p (Holm)");

  /** The meaning of the robust numbers, for those who cannot ask a heading. */
  static final String NUMBERS_LEGEND =
      "IQM - interquartile mean: that of the runs without the outer quarters. P(>) - probability"
          + " that a run is larger than one of the first experiment, whatever their seeds. Their"
          + " intervals: percentile bootstrap, the runs of either experiment drawn for themselves."
          + " p (t) - Student's t; p (Holm) - corrected for the experiments in a row.";

  /** The meaning of the cells in the tables of fewer seeds. */
  static final String LEGEND =
      "Per cent of subsets of so many of the seeds: with another verdict than all seeds / with the"
          + " opposite verdict / whose mean difference has the other sign. Enough: the smallest of"
          + " these numbers with which 80 % say the same.";

  private static final double ENOUGH = 0.8;

  private ManySeeds() {}

  /** Those of these measures that were compared over many seeds. */
  static List<MeasureComparison> among(List<MeasureComparison> measures) {
    return measures.stream().filter(measure -> !rows(measure).isEmpty()).toList();
  }

  /** The heading of the table of robust numbers. */
  static String numbersTitle() {
    return "With " + FewerSeeds.MANY + " seeds or more";
  }

  /** The robust numbers, a row an experiment below the title of each measure. */
  static Table numbers(List<MeasureComparison> measures, String title, String indent) {
    List<String> heading = new ArrayList<>(COLUMNS);
    heading.set(0, title);
    Table table = new Table().row(heading);
    for (MeasureComparison measure : measures) {
      table.row(List.of(measure.measure().title()));
      for (MeasureComparison.Row row : measure.rows()) {
        List<String> cells = ResultColumn.known(COLUMNS, row);
        cells.set(0, indent + row.experiment());
        table.row(cells);
      }
    }
    return table;
  }

  /** The word of fewer seeds about one measure, which many seeds have. */
  static Table fewerSeeds(MeasureComparison measure, String title, String indent) {
    List<PairedComparison> rows = rows(measure);
    Table table = heading(title, "all seeds", rows);
    for (MeasureComparison.Row row : measure.rows()) {
      row.againstFirst()
          .filter(paired -> !paired.fewerSeeds().isEmpty())
          .ifPresent(
              paired ->
                  table.row(
                      indent + row.experiment(),
                      cells(paired.verdict().toString(), List.of(paired))));
    }
    for (boolean isShown : new boolean[] {true, false}) {
      List<PairedComparison> some = withVerdict(rows, isShown);
      if (some.size() > 1) {
        String label = "mean of the %s %s".formatted(some.size(), isShown ? "shown" : "not shown");
        table.row(indent + label, cells("", some));
      }
    }
    return table;
  }

  /** The same about several measures: means over the differences that all seeds show. */
  static Table fewerSeeds(List<MeasureComparison> measures, String title, String indent) {
    List<PairedComparison> all =
        measures.stream().flatMap(measure -> rows(measure).stream()).toList();
    Table table = heading(title, "shown", all);
    for (MeasureComparison measure : measures) {
      List<PairedComparison> rows = rows(measure);
      List<PairedComparison> shown = withVerdict(rows, true);
      String count = shown.size() + " of " + rows.size();
      table.row(
          indent + measure.measure().title(),
          shown.isEmpty() ? List.of(count) : cells(count, shown));
    }
    return table;
  }

  private static List<PairedComparison> rows(MeasureComparison measure) {
    return measure.rows().stream()
        .flatMap(row -> row.againstFirst().stream())
        .filter(paired -> !paired.fewerSeeds().isEmpty())
        .toList();
  }

  private static List<PairedComparison> withVerdict(List<PairedComparison> rows, boolean isShown) {
    return rows.stream()
        .filter(paired -> (paired.verdict() != Verdict.NOT_SHOWN) == isShown)
        .toList();
  }

  private static Table heading(String title, String verdict, List<PairedComparison> rows) {
    List<String> heading = new ArrayList<>(List.of(title, verdict));
    sizes(rows).forEach(size -> heading.add(Numbers.count(size, "seed")));
    heading.add("enough");
    return new Table().row(heading);
  }

  /** The sizes of subsets that all rows have. */
  private static List<Integer> sizes(List<PairedComparison> rows) {
    return rows.stream()
        .map(paired -> paired.fewerSeeds().stream().map(FewerSeeds::seeds).toList())
        .min((one, other) -> Integer.compare(one.size(), other.size()))
        .orElseThrow();
  }

  /** The cells of the mean over these rows. */
  private static List<String> cells(String verdict, List<PairedComparison> rows) {
    List<String> cells = new ArrayList<>(List.of(verdict));
    Optional<Integer> enough = Optional.empty();
    List<Integer> sizes = sizes(rows);
    for (int k = 0; k < sizes.size(); k++) {
      double differing = mean(rows, k, FewerSeeds::differing);
      cells.add(
          "%s / %s / %s"
              .formatted(
                  percent(differing),
                  percent(mean(rows, k, FewerSeeds::opposite)),
                  percent(mean(rows, k, FewerSeeds::otherSign))));
      if (enough.isEmpty() && differing <= 1 - ENOUGH) {
        enough = Optional.of(sizes.get(k));
      }
    }
    boolean isShown = rows.stream().allMatch(paired -> paired.verdict() != Verdict.NOT_SHOWN);
    // Nearly no seeds are enough to show nothing.
    cells.add(
        isShown ? enough.map(String::valueOf).orElse("> " + sizes.get(sizes.size() - 1)) : "-");
    return cells;
  }

  private static double mean(
      List<PairedComparison> rows, int k, ToIntFunction<FewerSeeds> counted) {
    return rows.stream()
        .map(paired -> paired.fewerSeeds().get(k))
        .mapToDouble(fewer -> (double) counted.applyAsInt(fewer) / fewer.subsets())
        .average()
        .orElseThrow();
  }

  /** {@code 62}, {@code 0.3} below one per cent, {@code < 0.1}, and 0 only if it is none at all. */
  private static String percent(double share) {
    double percent = 100 * share;
    return percent == 0
        ? "0"
        : percent < 0.1
            ? "< 0.1"
            : Numbers.brief(percent < 1 ? Math.rint(10 * percent) / 10 : Math.rint(percent));
  }
}
