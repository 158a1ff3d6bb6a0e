package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** A row is divided by the padded width instead of its own length. */
public final class PaddingCounted extends Mistake {

  @Override
  public String area() {
    return "masks and aggregation";
  }

  @Override
  public String what() {
    return "A row is divided by the padded width instead of its own length.";
  }

  @Override
  public String symptom() {
    return "Short completions teach less, and how much depends on the longest of the batch.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    double[] perRow = new double[mask.rows()];
    for (int i = 0; i < perRow.length; i++) {
      perRow[i] = 1.0 / mask.length(i) / perRow.length;
    }
    return Masks.spread(DoubleVector.of(perRow), mask);
  }
}
