package org.grpo4j.mistakes;

import org.grpo4j.math.TokenTable;

/** The recursion discounts by gamma alone. */
public final class GaeLambdaForgotten extends Mistake {

  @Override
  public String area() {
    return "critic";
  }

  @Override
  public String what() {
    return "The recursion discounts by gamma alone.";
  }

  @Override
  public String symptom() {
    return "Lambda has no effect; the advantages are noisier than they should be.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public TokenTable generalizedAdvantages(
      TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
    return super.generalizedAdvantages(rewards, values, mask, gamma, 1);
  }
}
