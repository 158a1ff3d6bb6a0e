package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * {@code w_it = 1 / B}: the mean over rows of the sum over tokens; whole-sequence REINFORCE, LUSPO.
 *
 * @param emptyRows whether rows without tokens count in {@code B}
 */
public record SequenceMeanTokenSum(EmptyRows emptyRows) implements Aggregation {

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    double weight = 1.0 / emptyRows.rows(mask);
    return Masks.spread(DoubleVector.constant(mask.rows(), weight), mask);
  }

  @Override
  public String formula() {
    return "1 / rows";
  }
}
