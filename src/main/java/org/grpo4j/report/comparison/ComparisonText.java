package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.comparison.Multiplicity;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.sweep.RunOutcome;
import org.grpo4j.report.Table;

/** A comparison as text for a terminal. */
public final class ComparisonText {

  /** Those of {@link ResultColumn} that are shown; the first ones have shorter headings here. */
  private static final List<String> COLUMNS =
      List.of(
          "experiment",
          "runs",
          "mean",
          "95 %",
          "difference",
          "95 % (t)",
          "shown?",
          "p",
          "d_z",
          "P(>)",
          "seeds");

  private static final List<String> FIRST_HEADINGS = List.of("", "n", "mean", "95 % interval");

  private final StringBuilder text = new StringBuilder();

  private ComparisonText() {}

  /** The whole report. */
  public static String of(ComparisonReport report) {
    ComparisonText writer = new ComparisonText();
    Comparison comparison = report.comparison();
    writer.line(comparison.title());
    writer.line(Answers.primaryRow(comparison));
    Answers.primary(comparison).forEach(writer::line);
    writer.settings(comparison);
    writer.results(comparison);
    writer.manySeeds(comparison);
    writer.costs(comparison);
    writer.bands(report.bands());
    report.failures().forEach(failure -> writer.line(failure(failure)));
    report.notes().forEach(note -> writer.line("Note: " + note));
    return writer.text.toString();
  }

  /** The meaning of the columns, for help and for the end of the table. */
  public static List<String> legend(String first) {
    return List.of(
        ("Differences are from %s, seed by seed. Interval of the mean: BCa bootstrap;"
                + " of the difference: Student's t, of shares not beyond -1 and 1.")
            .formatted(first),
        "shown? - whether that interval leaves out zero; not corrected for the number of rows."
            + " p - Wilcoxon signed rank, two-sided (t ties, z zeros left out, ~ approximate).",
        "d_z - mean difference over its deviation. P(>) - probability that a run is larger,"
            + " whatever the seeds. seeds - needed to see this effect with 80 % power.");
  }

  private void results(Comparison comparison) {
    List<String> heading = new ArrayList<>(FIRST_HEADINGS);
    heading.addAll(COLUMNS.subList(FIRST_HEADINGS.size(), COLUMNS.size()));
    Table table = new Table().row(heading);
    for (MeasureComparison measure : comparison.measures()) {
      if (!measure.measure().isCost()) {
        table.row(List.of(measure.measure().title()));
        measure.rows().forEach(row -> table.row(resultRow(row)));
      }
    }
    text.append(table);
    legend(comparison.experiments().get(0).name()).forEach(this::line);
    Multiplicity.of(comparison.measures()).sentence().ifPresent(this::line);
    line("");
  }

  private void manySeeds(Comparison comparison) {
    List<MeasureComparison> measures = ManySeeds.among(Answers.main(comparison));
    if (!measures.isEmpty()) {
      text.append(ManySeeds.numbers(measures, ManySeeds.numbersTitle(), "  "));
      line(ManySeeds.NUMBERS_LEGEND);
      line("");
      table(ManySeeds.fewerSeeds(measures.get(0), measures.get(0).measure().title(), "  "));
      text.append(ManySeeds.fewerSeeds(measures, "Differences that all seeds show", "  "));
      line(ManySeeds.LEGEND);
      line("");
    }
  }

  private static List<String> resultRow(MeasureComparison.Row row) {
    List<String> cells = ResultColumn.known(COLUMNS, row);
    cells.set(0, "  " + row.experiment());
    return cells;
  }

  private void costs(Comparison comparison) {
    if (comparison.measures().stream().anyMatch(found -> found.measure().isCost())) {
      table(ComparisonTables.costs(comparison, "Cost (mean; times the first)", "  "));
    }
  }

  private void settings(Comparison comparison) {
    if (comparison.differences().isEmpty()) {
      line("");
    } else {
      table(ComparisonTables.settings(comparison, "Settings that differ", "  ", "-"));
    }
  }

  private void bands(List<BandResult> bands) {
    if (!bands.isEmpty()) {
      List<String> heading = List.of("Expected", "", "found", "");
      table(ComparisonTables.bands(bands, heading, "  ", "ok", "VIOLATED"));
    }
  }

  private void table(Table table) {
    text.append(table).append('\n');
  }

  /** A run that did not come to its end. */
  static String failure(RunOutcome failure) {
    return "Failed: %s, seed %s, exit code %s, log %s"
        .formatted(
            failure.run().experiment(), failure.run().seed(), failure.exitCode(), failure.log());
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
