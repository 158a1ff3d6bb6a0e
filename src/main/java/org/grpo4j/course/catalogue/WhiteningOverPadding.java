package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "critic",
    what = "Mean and deviation are taken over padded positions too.",
    symptom = "Advantages depend on the longest completion of the batch.")
final class WhiteningOverPadding extends Mistake {

  @Override
  public TokenTable whiten(TokenTable table, TokenTable mask) {
    TokenTable all = TokenTable.constant(mask.lengths(), 1);
    double[][] whitened = super.whiten(table, all).toArrays();
    for (int i = 0; i < whitened.length; i++) {
      for (int t = 0; t < whitened[i].length; t++) {
        whitened[i][t] = mask.get(i, t) == 0 ? 0 : whitened[i][t];
      }
    }
    return TokenTable.of(whitened);
  }
}
