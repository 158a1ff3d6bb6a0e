package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.comparison.SettingDifference;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.sweep.RunOutcome;
import org.grpo4j.report.Table;

/** A comparison as text for a terminal. */
public final class ComparisonText {

  private static final List<String> HEADING =
      List.of(
          "",
          "n",
          "mean",
          "95 % interval",
          "difference",
          "95 % (t)",
          "shown?",
          "p",
          "d_z",
          "P(>)",
          "seeds");

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
    writer.costs(comparison);
    writer.bands(report.bands());
    writer.failures(report.failures());
    report.notes().forEach(note -> writer.line("Note: " + note));
    return writer.text.toString();
  }

  /** The meaning of the columns, for help and for the end of the table. */
  public static List<String> legend(String first) {
    return List.of(
        "Differences are from "
            + first
            + ", seed by seed. Interval of the mean: BCa bootstrap;"
            + " of the difference: Student's t, of shares not beyond -1 and 1.",
        "shown? - whether that interval leaves out zero; not corrected for the number of rows."
            + " p - Wilcoxon signed rank, two-sided (t ties, z zeros left out, ~ approximate).",
        "d_z - mean difference over its deviation. P(>) - probability that a run is larger."
            + " seeds - needed to see this effect with 80 % power.");
  }

  private void results(Comparison comparison) {
    Table table = new Table();
    table.row(HEADING);
    for (MeasureComparison measure : comparison.measures()) {
      if (!measure.measure().isCost()) {
        table.row(List.of(measure.measure().title()));
        measure.rows().forEach(row -> table.row(resultRow(row)));
      }
    }
    text.append(table);
    legend(comparison.experiments().get(0).name()).forEach(this::line);
    line("");
  }

  private static List<String> resultRow(MeasureComparison.Row row) {
    List<String> cells = new ArrayList<>();
    cells.add("  " + row.experiment());
    cells.add(Integer.toString(row.seeds().size()));
    cells.add(row.summary().map(found -> Words.number(found.mean())).orElse("-"));
    cells.add(row.summary().map(found -> Words.interval(found.bootstrap())).orElse("-"));
    if (row.againstFirst().isPresent()) {
      PairedComparison paired = row.againstFirst().get();
      cells.add(Words.signed(paired.mean()));
      cells.add(Words.signedInterval(paired.studentT()));
      cells.add(Words.verdict(paired));
      cells.add(Words.pValue(paired));
      cells.add(Words.number(paired.cohenDz()));
      cells.add(Words.number(paired.probabilityOfImprovement().value()));
      cells.add(Words.seedsNeeded(paired));
    } else if (row.isWithheld()) {
      cells.add("withheld");
    }
    return cells;
  }

  private void costs(Comparison comparison) {
    List<MeasureComparison> costs =
        comparison.measures().stream().filter(found -> found.measure().isCost()).toList();
    if (costs.isEmpty()) {
      return;
    }
    Table table = new Table();
    List<String> heading = new ArrayList<>(List.of("Cost (mean; times the first)"));
    costs.forEach(cost -> heading.add(cost.measure().title()));
    table.row(heading);
    for (int e = 0; e < comparison.experiments().size(); e++) {
      List<String> cells = new ArrayList<>(List.of("  " + comparison.experiments().get(e).name()));
      for (MeasureComparison cost : costs) {
        cells.add(costCell(comparison, cost, e));
      }
      table.row(cells);
    }
    text.append(table);
    line("");
  }

  /**
   * A cost, how many times the first's it is, and {@code ~} if it is of a clock not to be trusted.
   */
  static String costCell(Comparison comparison, MeasureComparison cost, int experiment) {
    double mean = mean(cost, experiment);
    double first = mean(cost, 0);
    String times =
        experiment == 0 || Double.isNaN(mean) || !(first > 0)
            ? ""
            : " (" + Words.number(mean / first) + "x)";
    boolean isUnsteady =
        cost.measure().dependsOnTheMachine()
            && !(comparison.clock().isSteady(comparison.experiments().get(0).name())
                && comparison.clock().isSteady(comparison.experiments().get(experiment).name()));
    return Words.number(mean) + times + (isUnsteady ? " ~" : "");
  }

  private static double mean(MeasureComparison cost, int experiment) {
    return cost.rows().get(experiment).summary().map(found -> found.mean()).orElse(Double.NaN);
  }

  private void settings(Comparison comparison) {
    if (comparison.differences().isEmpty()) {
      line("");
      return;
    }
    Table table = new Table();
    List<String> heading = new ArrayList<>(List.of("Settings that differ"));
    comparison.experiments().forEach(experiment -> heading.add(experiment.name()));
    table.row(heading);
    for (SettingDifference difference : comparison.differences()) {
      List<String> cells = new ArrayList<>(List.of("  " + difference.key()));
      difference.values().forEach(value -> cells.add(value.isEmpty() ? "-" : value));
      table.row(cells);
    }
    text.append(table);
    line("");
  }

  private void bands(List<BandResult> bands) {
    if (bands.isEmpty()) {
      return;
    }
    Table table = new Table();
    table.row(List.of("Expected", "", "found", ""));
    for (BandResult band : bands) {
      table.row(
          List.of(
              "  " + band.what(), band.expected(), band.found(), band.holds() ? "ok" : "VIOLATED"));
    }
    text.append(table);
    line("");
  }

  private void failures(List<RunOutcome> failures) {
    failures.forEach(failure -> line(failure(failure)));
  }

  /** A run that did not come to its end. */
  static String failure(RunOutcome failure) {
    return "Failed: "
        + failure.run().experiment()
        + ", seed "
        + failure.run().seed()
        + ", exit code "
        + failure.exitCode()
        + ", log "
        + failure.log();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
