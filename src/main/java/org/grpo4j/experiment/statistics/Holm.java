package org.grpo4j.experiment.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * Holm's correction for the number of tests (A simple sequentially rejective multiple test
 * procedure, 1979). With {@code p_(1) <= ... <= p_(m)} the adjusted p-values are
 *
 * <pre>q_(k) = max over j &lt;= k of min(1, (m - j + 1) p_(j))</pre>
 *
 * <p>Whoever calls an effect shown where {@code q <= alpha} makes even one false statement with
 * probability {@code alpha} at most, whatever depends on what; and never shows less than with
 * Bonferroni's {@code m p}.
 */
public final class Holm {

  private Holm() {}

  /**
   * The adjusted p-values, in the order of these.
   *
   * @param pValues one a test, each in [0, 1]; may be empty
   */
  public static DoubleVector adjusted(DoubleVector pValues) {
    int tests = pValues.size();
    for (double p : pValues.toArray()) {
      Require.that(p >= 0 && p <= 1, "pValues", "in [0, 1]", p);
    }
    int[] ascending =
        IntStream.range(0, tests)
            .boxed()
            .sorted(Comparator.comparingDouble(pValues::get))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[tests];
    double largest = 0;
    for (int k = 0; k < tests; k++) {
      largest = Math.max(largest, Math.min(1, (tests - k) * pValues.get(ascending[k])));
      adjusted[ascending[k]] = largest;
    }
    return DoubleVector.of(adjusted);
  }
}
