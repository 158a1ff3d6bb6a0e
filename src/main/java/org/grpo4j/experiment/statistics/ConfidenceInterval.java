package org.grpo4j.experiment.statistics;

import org.grpo4j.math.Numbers;
import org.grpo4j.math.Require;

/**
 * An interval for an unknown quantity.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}
 * @param confidence nominal coverage, in (0, 1)
 */
public record ConfidenceInterval(double low, double high, double confidence) {

  public ConfidenceInterval {
    Require.that(low <= high, "low", "at most high = " + high, low);
    Require.that(confidence > 0 && confidence < 1, "confidence", "in (0, 1)", confidence);
  }

  /** For people: {@code [0.85, 0.91]}. */
  @Override
  public String toString() {
    return "[" + Numbers.brief(low) + ", " + Numbers.brief(high) + "]";
  }
}
