package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.comparison.ClockSpread;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.comparison.SettingDifference;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.statistics.SampleSummary;
import org.grpo4j.report.Table;

/** The tables that text, page and files have in common; who shows them says how. */
final class ComparisonTables {

  private ComparisonTables() {}

  /**
   * The settings that differ, one a row, one experiment a column.
   *
   * @param corner the first heading
   * @param indent what a row begins with
   * @param absent what stands for a setting that an experiment does not have
   */
  static Table settings(Comparison comparison, String corner, String indent, String absent) {
    List<String> names = comparison.experiments().stream().map(ComparedExperiment::name).toList();
    Table table = new Table().row(corner, names);
    for (SettingDifference difference : comparison.differences()) {
      List<String> values =
          difference.values().stream().map(value -> value.isEmpty() ? absent : value).toList();
      table.row(indent + difference.key(), values);
    }
    return table;
  }

  /**
   * The costs, one experiment a row: means over the runs, how many times the first experiment's
   * they are, and {@code ~} if they are of a clock not to be trusted.
   */
  static Table costs(Comparison comparison, String corner, String indent) {
    List<MeasureComparison> costs =
        comparison.measures().stream().filter(found -> found.measure().isCost()).toList();
    Table table = new Table().row(corner, costs.stream().map(c -> c.measure().title()).toList());
    for (int e = 0; e < comparison.experiments().size(); e++) {
      List<String> row = new ArrayList<>();
      for (MeasureComparison cost : costs) {
        row.add(costCell(comparison.clock(), cost, e));
      }
      table.row(indent + comparison.experiments().get(e).name(), row);
    }
    return table;
  }

  private static String costCell(ClockSpread clock, MeasureComparison cost, int experiment) {
    double mean = mean(cost, experiment);
    double first = mean(cost, 0);
    String times =
        experiment == 0 || Double.isNaN(mean) || !(first > 0)
            ? ""
            : " (" + Words.number(mean / first) + "x)";
    boolean isUnsteady =
        cost.measure().dependsOnTheMachine()
            && !(clock.isSteady(cost.rows().get(0).experiment())
                && clock.isSteady(cost.rows().get(experiment).experiment()));
    return Words.number(mean) + times + (isUnsteady ? " ~" : "");
  }

  /** The mean of one experiment; {@code NaN} if it was not measured. */
  static double mean(MeasureComparison measure, int experiment) {
    return measure.rows().get(experiment).summary().map(SampleSummary::mean).orElse(Double.NaN);
  }

  /** Expectations and what came out, under {@code heading}. */
  static Table bands(
      List<BandResult> bands, List<String> heading, String indent, String held, String missed) {
    Table table = new Table().row(heading);
    for (BandResult band : bands) {
      String verdict = band.holds() ? held : missed;
      table.row(indent + band.what(), band.expected(), band.found(), verdict);
    }
    return table;
  }
}
