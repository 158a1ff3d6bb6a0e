package org.grpo4j.metric;

import org.grpo4j.math.Require;

/**
 * pass@k: the probability that at least one of {@code k} completions of a problem is correct.
 *
 * <p>Estimated from {@code n >= k} completions of which {@code c} are correct, without bias (Eq.
 * 14; Chen et al. 2021): the share of all subsets of size {@code k} that contain a correct one,
 *
 * <pre>1 - C(n - c, k) / C(n, k)</pre>
 *
 * <p>The shorter {@code 1 - (1 - c/n)^k} is too low on average.
 */
public final class PassAtK {

  private PassAtK() {}

  /**
   * The estimate for one problem. Example: of 10 completions 3 are correct; pass@1 is 0.3, pass@5
   * is 0.9167.
   *
   * @param n completions, at least 1
   * @param c correct ones, from 0 to {@code n}
   * @param k from 1 to {@code n}
   */
  public static double unbiased(int n, int c, int k) {
    Require.that(n >= 1, "n", "at least 1", n);
    Require.that(c >= 0 && c <= n, "c", "from 0 to n = " + n, c);
    Require.that(k >= 1 && k <= n, "k", "from 1 to n = " + n, k);
    if (n - c < k) {
      return 1;
    }
    // C(n - c, k) / C(n, k) without large numbers: every factor is in (0, 1).
    double allWrong = 1;
    for (int i = n - c + 1; i <= n; i++) {
      allWrong *= 1 - k / (double) i;
    }
    return 1 - allWrong;
  }
}
