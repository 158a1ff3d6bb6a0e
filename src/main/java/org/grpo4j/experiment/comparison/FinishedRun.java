package org.grpo4j.experiment.comparison;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.grpo4j.math.DoubleVector;

/**
 * A run that came to its end, as numbers.
 *
 * @param seed its seed
 * @param directory where it is
 * @param provenance which program made it and how
 * @param numbers the numbers of {@code summary.json}, flat: {@code eval/greedy_accuracy} to 0.99;
 *     and the columns of {@code metrics.jsonl}, {@code NaN} where a row has no such number
 */
public record FinishedRun(long seed, Path directory, Provenance provenance, RunNumbers numbers) {

  /**
   * The column of the seconds of one update without evaluation and trace; {@link RunReader}
   * computes it from two metrics, so that a run with a trace can be compared with one that has
   * none.
   */
  public static final String TRAINING_SECONDS = "training_time";

  /** The key of the estimated floating-point operations of all updates in {@code summary.json}. */
  public static final String FLOPS = "flops";

  /**
   * The provenance of a run: runs of one experiment have the same.
   *
   * @param configHash hash of its configuration
   * @param program the program that made it: version and commit
   * @param machine the processor it ran on
   * @param workers threads it used
   * @param settings its configuration but for the seed, flat: {@code train.group_size} to 8
   */
  public record Provenance(
      String configHash,
      String program,
      String machine,
      int workers,
      Map<String, String> settings) {

    public Provenance {
      settings = new LinkedHashMap<>(settings);
    }
  }

  /** Its configuration but for the seed, flat. */
  public Map<String, String> settings() {
    return provenance.settings();
  }

  /** Number of rows of the columns. */
  public int rows() {
    return numbers.rows();
  }

  /** The column of this name; all {@code NaN} if the run has none. */
  public DoubleVector column(String name) {
    return numbers.column(name).orElseGet(() -> DoubleVector.constant(rows(), Double.NaN));
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
    return numbers.summary(key);
  }
}
