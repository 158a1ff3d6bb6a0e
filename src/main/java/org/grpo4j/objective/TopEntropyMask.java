package org.grpo4j.objective;

import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;

/**
 * Keeps the tokens at which the policy is least decided (Eq. 54; arXiv 2506.01939). Used as token
 * weights it leaves denominators as they are, as in TRL, so that keeping half of the tokens about
 * halves the loss.
 *
 * @param share share of the tokens to keep, in [0, 1]; 0 keeps only those of the highest entropy
 */
public record TopEntropyMask(double share) {

  public TopEntropyMask {
    Require.that(share >= 0 && share <= 1, "share", "in [0, 1]", share);
  }

  /** 1 for tokens that count and whose entropy is at least the threshold, else 0. */
  public TokenTable tokenWeights(TokenTable entropies, TokenTable mask) {
    double threshold = threshold(entropies, mask);
    double[][] weights = mask.toArrays();
    for (int i = 0; i < weights.length; i++) {
      for (int t = 0; t < weights[i].length; t++) {
        boolean kept = mask.get(i, t) != 0 && entropies.get(i, t) >= threshold;
        weights[i][t] = kept ? 1 : 0;
      }
    }
    return TokenTable.of(weights);
  }

  /**
   * The {@code 1 - share} quantile of the entropies of the tokens that count, interpolated between
   * neighbours; 0 if there is no token.
   */
  public double threshold(TokenTable entropies, TokenTable mask) {
    double[] some = new double[Masks.count(mask)];
    int next = 0;
    for (int i = 0; i < mask.rows(); i++) {
      for (int t = 0; t < mask.length(i); t++) {
        if (mask.get(i, t) != 0) {
          some[next++] = entropies.get(i, t);
        }
      }
    }
    if (some.length == 0) {
      return 0;
    }
    return Moments.quantile(some, 1 - share);
  }
}
