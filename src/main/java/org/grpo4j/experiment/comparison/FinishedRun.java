package org.grpo4j.experiment.comparison;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * A run that came to its end, as numbers.
 *
 * @param seed its seed
 * @param directory where it is
 * @param provenance which program made it and how
 * @param settings its configuration, flat: {@code train.group_size} to {@code 8}
 * @param summary the numbers of {@code summary.json}, flat: {@code eval/greedy_accuracy} to 0.99
 * @param columns the columns of {@code metrics.jsonl}, {@code [rows]} each, {@code NaN} where a row
 *     has no such number
 */
public record FinishedRun(
    long seed,
    Path directory,
    Provenance provenance,
    Map<String, String> settings,
    Map<String, Double> summary,
    Map<String, DoubleVector> columns) {

  /**
   * The column of the seconds of one update without evaluation and trace; {@link RunReader}
   * computes it from two metrics, so that a run with a trace can be compared with one that has
   * none.
   */
  public static final String TRAINING_SECONDS = "training_time";

  /** The key of the estimated floating-point operations of all updates in {@code summary.json}. */
  public static final String FLOPS = "flops";

  public FinishedRun {
    settings = new LinkedHashMap<>(settings);
    summary = new LinkedHashMap<>(summary);
    columns = new LinkedHashMap<>(columns);
    long lengths = columns.values().stream().map(DoubleVector::size).distinct().count();
    Require.that(lengths <= 1, "columns: must have the same number of rows");
  }

  /**
   * The provenance of a run.
   *
   * @param configHash hash of its configuration
   * @param program the program that made it: version and commit
   * @param machine the processor it ran on
   * @param workers threads it used
   */
  public record Provenance(String configHash, String program, String machine, int workers) {}

  /** Number of rows of the columns. */
  public int rows() {
    return columns.values().stream().mapToInt(DoubleVector::size).findFirst().orElse(0);
  }

  /** The column of this name; all {@code NaN} if the run has none. */
  public DoubleVector column(String name) {
    DoubleVector column = columns.get(name);
    return column != null ? column : DoubleVector.constant(rows(), Double.NaN);
  }

  /** The values of the column of this name that are there. */
  double[] measured(String column) {
    return Arrays.stream(column(column).toArray()).filter(value -> !Double.isNaN(value)).toArray();
  }

  /** Whether something was measured in the column of this name. */
  public boolean has(String column) {
    return measured(column).length > 0;
  }

  /** The number of this name in the summary. */
  public OptionalDouble summary(String key) {
    Double value = summary.get(key);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
