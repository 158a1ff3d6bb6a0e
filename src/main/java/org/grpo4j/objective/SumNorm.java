package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * {@code w_it = 1 / C}: the sum over all tokens divided by a constant, and not by the number of
 * rows (verl's {@code seq-mean-token-sum-norm}).
 *
 * @param normConstant {@code C}, positive
 */
public record SumNorm(double normConstant) implements Aggregation {

  public SumNorm {
    Checks.positive("normConstant", normConstant);
  }

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    return Masks.spread(DoubleVector.constant(mask.rows(), 1 / normConstant), mask);
  }

  @Override
  public String formula() {
    return "1 / normConstant";
  }
}
