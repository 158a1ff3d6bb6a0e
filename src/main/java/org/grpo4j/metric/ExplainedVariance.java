package org.grpo4j.metric;

import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.TokenTable;

/**
 * How much of the returns' variance a critic explains: {@code 1 - Var(R - V) / Var(R)} (Eq. 19). 1
 * for a perfect critic, 0 for a constant, negative for one that is worse than a constant.
 */
public final class ExplainedVariance {

  private ExplainedVariance() {}

  /** Over the tokens that count; {@code NaN} if all returns are equal. */
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
    if (Masks.count(mask) == 0 || ofReturns.allEqual()) {
      return Double.NaN;
    }
    return 1 - ofErrors.populationVariance() / ofReturns.populationVariance();
  }
}
