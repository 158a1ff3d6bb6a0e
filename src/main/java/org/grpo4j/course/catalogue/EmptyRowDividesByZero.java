package org.grpo4j.course.catalogue;

import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

@Story(
    area = "masks and aggregation",
    what =
        "A row without tokens is divided by its length 0, and the quotient multiplied by the mask.",
    symptom = "NaN in the first batch in which every token of a completion is masked.",
    seen = "CS336 masked_mean of an empty slice is NaN")
final class EmptyRowDividesByZero extends Mistake {

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
