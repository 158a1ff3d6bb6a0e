package org.grpo4j.experiment.comparison;

import java.util.Arrays;
import java.util.Locale;
import org.grpo4j.experiment.statistics.StepCurve;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.metric.Metric;

/**
 * An amount that two runs can have had in common. A value stands where it was known: the reward of
 * an update after the completions it was measured on, an evaluation after the updates before it.
 */
public enum Axis {
  /** Updates done. */
  UPDATES("updates"),
  /** Completions sampled, thrown-away ones included. */
  COMPLETIONS("completions sampled"),
  /** Tokens sampled. */
  TOKENS("tokens sampled"),
  /**
   * Floating-point operations of training, estimated: those of the whole run, spread evenly over
   * its tokens. They are the same on every machine.
   */
  FLOPS("floating-point operations (estimated)"),
  /** Wall-clock seconds of training: sampling, scoring and optimising, without evaluations. */
  SECONDS("seconds of training (evaluation not counted)");

  private final String label;

  Axis(String label) {
    this.label = label;
  }

  /** The label under a plot. */
  public String label() {
    return label;
  }

  /** The name in file names and tables. */
  public String fileName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The place of every row of {@code run}, not descending; {@code NaN} where it is not known. */
  public DoubleVector positions(FinishedRun run) {
    return switch (this) {
      case UPDATES -> run.column(Metric.UPDATES_DONE.key());
      case COMPLETIONS -> run.column(Metric.COMPLETIONS.key());
      case TOKENS -> run.column(Metric.TOKENS.key());
      case FLOPS -> flops(run);
      case SECONDS -> runningSum(run.column(FinishedRun.TRAINING_SECONDS));
    };
  }

  /** Whether the places of {@code run} are known. */
  public boolean isKnown(FinishedRun run) {
    return Double.isFinite(end(run));
  }

  /** The curve of {@code column}; {@link #isKnown} and {@link FinishedRun#has} must hold. */
  public StepCurve curve(FinishedRun run, String column) {
    return StepCurve.ofMeasured(positions(run), run.column(column));
  }

  /**
   * The mean of the last {@code count} values of {@code column} at places up to {@code end}; {@code
   * NaN} if there is none.
   */
  double meanOfLast(FinishedRun run, String column, int count, double end) {
    DoubleVector positions = positions(run);
    DoubleVector values = run.column(column);
    double sum = 0;
    int found = 0;
    for (int row = values.size() - 1; row >= 0 && found < count; row--) {
      if (positions.get(row) <= end && !Double.isNaN(values.get(row))) {
        sum += values.get(row);
        found++;
      }
    }
    return found == 0 ? Double.NaN : sum / found;
  }

  /** The place of the last row; 0 without one. */
  double end(FinishedRun run) {
    DoubleVector positions = positions(run);
    return positions.size() == 0 ? 0 : positions.get(positions.size() - 1);
  }

  private static DoubleVector flops(FinishedRun run) {
    DoubleVector tokens = run.column(Metric.TOKENS.key());
    double all = tokens.size() == 0 ? 0 : tokens.get(tokens.size() - 1);
    double perToken = run.summary(FinishedRun.FLOPS).orElse(Double.NaN) / Math.max(1, all);
    return DoubleVector.of(
        Arrays.stream(tokens.toArray()).map(count -> count * perToken).toArray());
  }

  private static DoubleVector runningSum(DoubleVector values) {
    double[] sums = new double[values.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += Double.isNaN(values.get(i)) ? 0 : values.get(i);
      sums[i] = sum;
    }
    return DoubleVector.of(sums);
  }
}
