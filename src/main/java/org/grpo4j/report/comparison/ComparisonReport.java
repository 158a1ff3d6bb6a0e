package org.grpo4j.report.comparison;

import java.util.List;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.sweep.RunOutcome;

/**
 * What is to be shown.
 *
 * @param comparison the numbers
 * @param failures runs that did not come to their end
 * @param bands expectations and what came out; empty if there were none
 * @param notes what a reader must know to judge the numbers, one sentence each
 */
public record ComparisonReport(
    Comparison comparison, List<RunOutcome> failures, List<BandResult> bands, List<String> notes) {

  public ComparisonReport {
    failures = List.copyOf(failures);
    bands = List.copyOf(bands);
    notes = List.copyOf(notes);
  }
}
