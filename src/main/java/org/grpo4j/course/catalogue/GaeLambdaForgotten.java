package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "critic",
    what = "The recursion discounts by gamma alone.",
    symptom = "Lambda has no effect; the advantages are noisier than they should be.")
final class GaeLambdaForgotten extends Mistake {

  @Override
  public TokenTable generalizedAdvantages(
      TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
    return super.generalizedAdvantages(rewards, values, mask, gamma, 1);
  }
}
