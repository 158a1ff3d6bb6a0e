package org.grpo4j.mistakes;

import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** A row without tokens is divided by its length 0, and the quotient multiplied by the mask. */
public final class EmptyRowDividesByZero extends Mistake {

  @Override
  public String area() {
    return "masks and aggregation";
  }

  @Override
  public String what() {
    return "A row without tokens is divided by its length 0, and the quotient multiplied by the mask.";
  }

  @Override
  public String symptom() {
    return "NaN in the first batch in which every token of a completion is masked.";
  }

  @Override
  public String seen() {
    return "CS336 masked_mean of an empty slice is NaN";
  }

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    double[][] weights = mask.toArrays();
    for (int i = 0; i < weights.length; i++) {
      for (int t = 0; t < weights[i].length; t++) {
        weights[i][t] = mask.get(i, t) / mask.row(i).sum() / weights.length;
      }
    }
    return TokenTable.of(weights);
  }
}
