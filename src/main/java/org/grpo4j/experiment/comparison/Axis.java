package org.grpo4j.experiment.comparison;

import java.util.List;
import java.util.Locale;
import org.grpo4j.experiment.statistics.StepCurve;
import org.grpo4j.math.DoubleVector;

/**
 * What two runs can have had the same amount of. A value stands where it was known: the reward of
 * an update after the completions it was measured on, an evaluation after the updates before it.
 */
public enum Axis {
  /** Updates done. */
  UPDATES("updates"),
  /** Completions sampled, thrown-away ones included. */
  COMPLETIONS("completions sampled"),
  /** Tokens sampled. */
  TOKENS("tokens sampled"),
  /** Wall-clock seconds of training: sampling, scoring and optimising, without evaluations. */
  SECONDS("seconds of training (evaluation not counted)");

  private final String label;

  Axis(String label) {
    this.label = label;
  }

  /** What to write under a plot. */
  public String label() {
    return label;
  }

  /** What file names and tables call it. */
  public String fileName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The place of every row of {@code run}, not descending. */
  public DoubleVector positions(FinishedRun run) {
    return switch (this) {
      case UPDATES -> run.column(MetricNames.UPDATES_DONE);
      case COMPLETIONS -> run.column(MetricNames.COMPLETIONS);
      case TOKENS -> run.column(MetricNames.TOKENS);
      case SECONDS -> runningSum(run.column(MetricNames.STEP_SECONDS));
    };
  }

  /** The curve of {@code column}; {@link FinishedRun#has} must hold. */
  public StepCurve curve(FinishedRun run, String column) {
    return StepCurve.ofMeasured(positions(run), run.column(column));
  }

  /** Where the shortest of these runs ends. */
  public double commonEnd(List<FinishedRun> runs) {
    double end = Double.POSITIVE_INFINITY;
    for (FinishedRun run : runs) {
      DoubleVector positions = positions(run);
      if (positions.size() > 0) {
        end = Math.min(end, positions.get(positions.size() - 1));
      }
    }
    return end;
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
