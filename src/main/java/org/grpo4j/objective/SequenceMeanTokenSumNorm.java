package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * {@code w_it = 1 / (B C)}: as {@link SequenceMeanTokenSum}, divided by a constant such as the
 * limit of new tokens. Dr. GRPO: every token weighs the same in every batch.
 *
 * @param normConstant {@code C}, positive
 * @param emptyRows whether rows without tokens count in {@code B}
 */
public record SequenceMeanTokenSumNorm(double normConstant, EmptyRows emptyRows)
    implements Aggregation {

  public SequenceMeanTokenSumNorm {
    Checks.positive("normConstant", normConstant);
  }

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    double weight = 1.0 / emptyRows.rows(mask) / normConstant;
    return Masks.spread(DoubleVector.constant(mask.rows(), weight), mask);
  }

  @Override
  public String formula() {
    return "1 / (rows * normConstant)";
  }
}
