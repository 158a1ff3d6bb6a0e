package org.grpo4j.report.comparison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.grpo4j.experiment.comparison.ClockSpread;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.comparison.Multiplicity;
import org.grpo4j.experiment.comparison.SettingDifference;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.recorded.BandResult;

/**
 * A comparison as JSON, everything but the curves: what {@code --json} prints.
 *
 * @param title what is compared
 * @param primary name of the measure to go by
 * @param clock how steady the machine was
 * @param multiplicity how many tests there are
 * @param measures every measure in every experiment
 * @param settings the settings that differ
 * @param bands expectations and what came out
 * @param failures runs that did not come to their end, one sentence each
 * @param notes what a reader must know, one sentence each
 */
public record ComparisonJson(
    String title,
    String primary,
    ClockSpread clock,
    Multiplicity multiplicity,
    List<MeasureComparison> measures,
    List<SettingDifference> settings,
    List<BandResult> bands,
    List<String> failures,
    List<String> notes) {

  /** The JSON of {@code report}. */
  public static ObjectNode of(ComparisonReport report) {
    Comparison comparison = report.comparison();
    return Json.tree(
        new ComparisonJson(
            comparison.title(),
            comparison.primary().measure().name(),
            comparison.clock(),
            Multiplicity.of(comparison.measures()),
            comparison.measures(),
            comparison.differences(),
            report.bands(),
            report.failures().stream().map(ComparisonText::failure).toList(),
            report.notes()));
  }
}
