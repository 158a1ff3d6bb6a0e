package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * {@code w_it = 1 / (n_i B)}: the mean over rows of the mean over the tokens of each, as in
 * DeepSeekMath eq. (3). A token of a long completion weighs less than one of a short completion.
 *
 * @param emptyRows whether rows without tokens count in {@code B}
 */
public record SequenceMeanTokenMean(EmptyRows emptyRows) implements Aggregation {

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    int rows = emptyRows.rows(mask);
    double[] perRow = new double[mask.rows()];
    for (int i = 0; i < perRow.length; i++) {
      perRow[i] = 1.0 / Aggregation.tokensAtLeastOne(mask, i) / rows;
    }
    return Masks.spread(DoubleVector.of(perRow), mask);
  }

  @Override
  public String formula() {
    return "1 / (tokens of the row * rows)";
  }
}
