package org.grpo4j.experiment.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final List<Metric> EVALUATED =
      List.of(
          Metric.GREEDY,
          Metric.GREEDY_LOWER,
          Metric.GREEDY_UPPER,
          Metric.EVAL_LENGTH,
          Metric.EVAL_TRUNCATED);

  private MetricsRow() {}

  /**
   * The row of an update; its keys are all columns of the table, in order.
   *
   * @param measured the metrics of the update
   * @param totals up to the update, which is included
   * @param traceWriting seconds it took to write the trace
   * @return {@code NaN} for the figures of an evaluation
   */
  public static Map<String, Number> of(
      UpdateTrace trace, UpdateMetrics measured, RunTotals totals, double traceWriting) {
    Map<String, Number> row = new LinkedHashMap<>();
    row.put(Metric.UPDATE.key(), trace.update());
    row.put(Metric.UPDATES_DONE.key(), trace.update() + 1);
    row.putAll(measured.named());
    row.put(Metric.COMPLETIONS.key(), totals.completions());
    row.put(Metric.TOKENS.key(), totals.tokens());
    for (Metric metric : EVALUATED) {
      row.put(metric.key(), Double.NaN);
    }
    row.put(Metric.STEP_TIME.key(), trace.seconds().total() + traceWriting);
    row.put(Metric.TIME_ROLLOUT.key(), trace.seconds().rollout());
    row.put(Metric.TIME_SCORE.key(), trace.seconds().advantages());
    row.put(Metric.TIME_OPTIMIZE.key(), trace.seconds().optimize());
    row.put(Metric.TIME_TRACE.key(), trace.seconds().inspect() + traceWriting);
    row.put(Metric.TIME_EVALUATION.key(), Double.NaN);
    return row;
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
