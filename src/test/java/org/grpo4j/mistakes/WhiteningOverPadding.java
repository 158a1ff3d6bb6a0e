package org.grpo4j.mistakes;

import org.grpo4j.math.TokenTable;

/** Mean and deviation are taken over padded positions too. */
public final class WhiteningOverPadding extends Mistake {

  @Override
  public String area() {
    return "critic";
  }

  @Override
  public String what() {
    return "Mean and deviation are taken over padded positions too.";
  }

  @Override
  public String symptom() {
    return "Advantages depend on the longest completion of the batch.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

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
