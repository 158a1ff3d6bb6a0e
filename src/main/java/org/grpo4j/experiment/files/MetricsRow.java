package org.grpo4j.experiment.files;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grpo4j.metric.Metric;
import org.grpo4j.metric.WilsonInterval;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.evaluation.Evaluation;

/**
 * The names and numbers of a row of {@code metrics.jsonl}. Names are those of TRL where it has one.
 * What is measured by the clock begins with {@code time/} or is called {@code step_time};
 * everything else is the same whenever a run is repeated.
 */
public final class MetricsRow {

  private MetricsRow() {}

  /**
   * All names, in the order of the table.
   *
   * @param measured the names of what every update measures
   */
  public static List<String> columns(Set<String> measured) {
    Set<String> columns =
        new LinkedHashSet<>(List.of(Metric.UPDATE.key(), Metric.UPDATES_DONE.key()));
    columns.addAll(measured);
    columns.addAll(
        List.of(
            Metric.COMPLETIONS.key(),
            Metric.TOKENS.key(),
            Metric.GREEDY.key(),
            Metric.GREEDY_LOWER.key(),
            Metric.GREEDY_UPPER.key(),
            Metric.EVAL_LENGTH.key(),
            Metric.EVAL_TRUNCATED.key(),
            Metric.STEP_TIME.key(),
            Metric.TIME_ROLLOUT.key(),
            Metric.TIME_SCORE.key(),
            Metric.TIME_OPTIMIZE.key(),
            Metric.TIME_TRACE.key(),
            Metric.TIME_EVALUATION.key()));
    return List.copyOf(columns);
  }

  /** Totals with what this update sampled, groups that were dropped included. */
  public static RunTotals add(RunTotals totals, UpdateTrace trace) {
    return totals.plus(trace.sampled().completions(), trace.sampled().tokens());
  }

  /** Puts the metrics of an update, its seconds and the totals up to it into a row. */
  public static void putUpdate(
      Map<String, Number> row,
      UpdateTrace trace,
      UpdateMetrics metrics,
      RunTotals totals,
      double traceWriting) {
    row.put(Metric.UPDATE.key(), trace.update());
    row.put(Metric.UPDATES_DONE.key(), trace.update() + 1);
    row.putAll(metrics.named());
    row.put(Metric.COMPLETIONS.key(), totals.completions());
    row.put(Metric.TOKENS.key(), totals.tokens());
    row.put(Metric.STEP_TIME.key(), trace.seconds().total() + traceWriting);
    row.put(Metric.TIME_ROLLOUT.key(), trace.seconds().rollout());
    row.put(Metric.TIME_SCORE.key(), trace.seconds().advantages());
    row.put(Metric.TIME_OPTIMIZE.key(), trace.seconds().optimize());
    row.put(Metric.TIME_TRACE.key(), trace.seconds().inspect() + traceWriting);
  }

  /** Puts the figures of an evaluation and the seconds it took into a row. */
  public static void putEvaluation(Map<String, Number> row, Evaluation evaluation, double seconds) {
    WilsonInterval interval = evaluation.greedyAccuracy().interval();
    row.put(Metric.GREEDY.key(), evaluation.greedyAccuracy().value());
    row.put(Metric.GREEDY_LOWER.key(), interval.lower());
    row.put(Metric.GREEDY_UPPER.key(), interval.upper());
    row.put(Metric.EVAL_LENGTH.key(), evaluation.meanLength());
    row.put(Metric.EVAL_TRUNCATED.key(), evaluation.truncated().value());
    row.put(Metric.TIME_EVALUATION.key(), seconds);
  }
}
