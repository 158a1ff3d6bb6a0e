package org.grpo4j.metric;

import java.util.Arrays;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * best@k: the expected highest score of {@code k} completions, drawn without replacement from
 * {@code n} (Eq. 18). For scores of 0 and 1 it is pass@k.
 *
 * <pre>sum over i from k to n of C(i - 1, k - 1) / C(n, k) s_i,   s sorted ascending, i from 1
 * </pre>
 */
public final class BestAtK {

  private BestAtK() {}

  /**
   * The expectation over all subsets of size {@code k}.
   *
   * @param scores one per completion, {@code [n]}
   * @param k from 1 to {@code n}
   */
  public static double expected(DoubleVector scores, int k) {
    int n = scores.size();
    Require.that(k >= 1 && k <= n, "k", "from 1 to " + n, k);
    double[] sorted = scores.toArray();
    Arrays.sort(sorted);
    // Probability that the i-th smallest is the highest of k: for i = n it is k/n, and going down
    // the one below i is (i - k) / (i - 1) times that of i.
    double probability = k / (double) n;
    double expected = 0;
    for (int i = n; i >= k; i--) {
      expected += probability * sorted[i - 1];
      probability *= (i - k) / (double) (i - 1);
    }
    return expected;
  }
}
