package org.grpo4j.experiment.files;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Set<String> columns = new LinkedHashSet<>(List.of("update", "updates_done"));
    columns.addAll(measured);
    columns.addAll(
        List.of(
            "num_completions",
            "num_tokens",
            "eval/greedy_accuracy",
            "eval/greedy_accuracy_lower",
            "eval/greedy_accuracy_upper",
            "eval/mean_length",
            "eval/truncated",
            "step_time",
            "time/rollout",
            "time/score",
            "time/optimize",
            "time/trace",
            "time/evaluation"));
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
    row.put("update", trace.update());
    row.put("updates_done", trace.update() + 1);
    row.putAll(metrics.named());
    row.put("num_completions", totals.completions());
    row.put("num_tokens", totals.tokens());
    row.put("step_time", trace.seconds().total() + traceWriting);
    row.put("time/rollout", trace.seconds().rollout());
    row.put("time/score", trace.seconds().advantages());
    row.put("time/optimize", trace.seconds().optimize());
    row.put("time/trace", trace.seconds().inspect() + traceWriting);
  }

  /** Puts the figures of an evaluation and the seconds it took into a row. */
  public static void putEvaluation(Map<String, Number> row, Evaluation evaluation, double seconds) {
    WilsonInterval interval = evaluation.greedyAccuracy().interval();
    row.put("eval/greedy_accuracy", evaluation.greedyAccuracy().value());
    row.put("eval/greedy_accuracy_lower", interval.lower());
    row.put("eval/greedy_accuracy_upper", interval.upper());
    row.put("eval/mean_length", evaluation.meanLength());
    row.put("eval/truncated", evaluation.truncated().value());
    row.put("time/evaluation", seconds);
  }
}
