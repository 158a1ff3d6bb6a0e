package org.grpo4j.objective;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * {@code w_it = 1 / (P N_g)} with {@code P} groups and {@code N_g} tokens in the row's group: the
 * mean over prompts of the token mean inside each. DAPO eq. (8) read literally, where the
 * expectation over prompts stands outside the token mean.
 */
public record GroupTokenMean() implements Aggregation {

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    double[] perRow = new double[mask.rows()];
    for (int g = 0; g < groups.count(); g++) {
      int tokens = 0;
      for (int i : groups.members(g)) {
        tokens += Masks.count(mask.row(i));
      }
      for (int i : groups.members(g)) {
        perRow[i] = 1.0 / Math.max(1, tokens) / groups.count();
      }
    }
    return Masks.spread(DoubleVector.of(perRow), mask);
  }

  @Override
  public String formula() {
    return "1 / (tokens of the group * groups)";
  }
}
