package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.math.Require;
import org.grpo4j.metric.Metric;
import org.grpo4j.metric.WilsonInterval;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.evaluation.Evaluation;

/**
 * The writer of {@code metrics.jsonl} and {@code metrics.csv}, one row an update.
 *
 * <p>A metric that was not measured in an update is absent from its JSON line and empty in the
 * table. The columns of the table are fixed before the first row. Names are those of TRL where it
 * has one. What is measured by the clock begins with {@code time/} or is called {@code step_time};
 * everything else is the same whenever a run is repeated.
 */
public final class MetricsWriter implements AutoCloseable {

  private static final List<Metric> EVALUATED =
      List.of(
          Metric.GREEDY,
          Metric.GREEDY_LOWER,
          Metric.GREEDY_UPPER,
          Metric.EVAL_LENGTH,
          Metric.EVAL_TRUNCATED);

  private final LineFile lines;
  private final LineFile table;
  private final List<String> ofTask;
  private List<String> columns;

  /** The metrics files of a run of {@code task}; nothing is written before {@link #begin}. */
  public MetricsWriter(RunDirectory run, Ledger ledger, TaskSource task) {
    ofTask = ofTask(task);
    lines = ledger.lines(run.metricsJsonLines());
    table = ledger.lines(run.metricsTable());
    columns = AtomicFiles.read("cannot read " + run.metricsTable(), () -> columns(run));
  }

  /** The metrics that are measured for {@code task} and not for every other. */
  private static List<String> ofTask(TaskSource task) {
    List<Problem> problems = new ArrayList<>(task.trainingProblems());
    problems.addAll(task.heldOutProblems());
    List<String> names = new ArrayList<>();
    for (String label : Problem.labels(problems)) {
      names.add(Metric.REWARD.of(label));
      names.add(Metric.GREEDY.of(label));
    }
    problems.removeIf(problem -> task.readableSymbols(problem).isEmpty());
    if (!problems.isEmpty()) {
      names.add(Metric.EVAL_READABLE.key());
      Problem.labels(problems).forEach(label -> names.add(Metric.EVAL_READABLE.of(label)));
    }
    return names;
  }

  /** Those of the table that is there. */
  private static List<String> columns(RunDirectory run) throws IOException {
    if (!Files.exists(run.metricsTable())) {
      return List.of();
    }
    List<String> lines = Files.readAllLines(run.metricsTable());
    return lines.isEmpty() ? List.of() : List.of(lines.get(0).split(","));
  }

  /**
   * Begins the table, or continues the one that is there; needed once, before the first row.
   *
   * @param names the names of all metrics there can be, in order
   * @throws IllegalStateException if the table that is there has other columns
   */
  public void begin(List<String> names) {
    if (columns.isEmpty()) {
      columns = List.copyOf(names);
      table.write(String.join(",", columns));
    } else if (!columns.equals(names)) {
      throw new IllegalStateException(
          "metrics.csv: must have the columns " + names + ", has " + columns);
    }
  }

  /** Writes one row; every name must be one of the columns. */
  public void write(Map<String, Number> row) {
    for (String name : row.keySet()) {
      Require.that(columns.contains(name), "metric", "a declared column", name);
    }
    ObjectNode object = Json.object();
    List<String> cells = new ArrayList<>(columns.size());
    for (String column : columns) {
      Number value = row.get(column);
      if (value != null) {
        Json.putNumber(object, column, value);
      }
      boolean measured = value != null && Double.isFinite(value.doubleValue());
      cells.add(measured ? String.valueOf(value) : "");
    }
    lines.write(Json.line(object));
    table.write(String.join(",", cells));
  }

  /**
   * The row of an update; its keys are all columns of the table, in order.
   *
   * @param measured the metrics of the update
   * @param totals up to the update, which is included
   * @param traceWriting seconds it took to write the trace
   * @return {@code NaN} for the figures of an evaluation
   */
  public Map<String, Number> row(
      UpdateTrace trace, UpdateMetrics measured, UpdateTrace.Sampled totals, double traceWriting) {
    Map<String, Number> row = new LinkedHashMap<>();
    row.put(Metric.UPDATE.key(), trace.update());
    row.put(Metric.UPDATES_DONE.key(), trace.update() + 1);
    ofTask.forEach(name -> row.put(name, Double.NaN));
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
    evaluation.shares().forEach((name, share) -> row.put("eval/" + name, share.value()));
    row.put(Metric.TIME_EVALUATION.key(), seconds);
  }

  @Override
  public void close() {
    try (lines) {
      table.close();
    }
  }
}
