package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

@Story(
    area = "masks and aggregation",
    what = "A row is divided by the padded width instead of its own length.",
    symptom = "Short completions teach less, and how much depends on the longest of the batch.")
final class PaddingCounted extends Mistake {

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    double[] perRow = new double[mask.rows()];
    for (int i = 0; i < perRow.length; i++) {
      perRow[i] = 1.0 / mask.length(i) / perRow.length;
    }
    return Masks.spread(DoubleVector.of(perRow), mask);
  }
}
