package org.grpo4j.metric;

import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.TokenTable;

/**
 * The share of the returns' variance that a critic explains: {@code 1 - Var(R - V) / Var(R)} (Eq.
 * 19). 1 for a perfect critic, 0 for a constant, negative for one that is worse than a constant.
 */
public final class ExplainedVariance {

  private ExplainedVariance() {}

  /**
   * Returns whose deviation is at most this share of the largest value or return are constant: what
   * varies is rounding, because {@code R = (R - V) + V} comes out a little beside {@code R}.
   */
  private static final double ROUNDING = 0x1p-40;

  /** Over the tokens that count; {@code NaN} if the returns vary by no more than rounding. */
  public static double of(TokenTable values, TokenTable returns, TokenTable mask) {
    double[][] errors = new double[mask.rows()][];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = new double[mask.length(i)];
      for (int t = 0; t < errors[i].length; t++) {
        errors[i][t] = mask.get(i, t) != 0 ? returns.get(i, t) - values.get(i, t) : 0;
      }
    }
    Moments ofReturns = Moments.ofMasked(returns, mask);
    Moments ofErrors = Moments.ofMasked(TokenTable.of(errors), mask);
    double deviation = ofReturns.populationStandardDeviation();
    double magnitude = Math.max(largest(returns, mask), largest(values, mask));
    if (Masks.count(mask) == 0 || deviation <= ROUNDING * magnitude) {
      return Double.NaN;
    }
    return 1 - ofErrors.populationVariance() / ofReturns.populationVariance();
  }

  /** The largest absolute value where {@code mask} is 1; 0 for none. */
  private static double largest(TokenTable table, TokenTable mask) {
    double largest = 0;
    for (int i = 0; i < mask.rows(); i++) {
      for (int t = 0; t < mask.length(i); t++) {
        largest = mask.get(i, t) != 0 ? Math.max(largest, Math.abs(table.get(i, t))) : largest;
      }
    }
    return largest;
  }
}
