package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "critic",
    what = "The critic is trained towards whitened advantage plus value.",
    symptom = "Explained variance never rises.")
final class ReturnsFromWhitenedAdvantages extends Mistake {

  @Override
  public TokenTable returns(
      TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
    TokenTable advantages = generalizedAdvantages(rewards, values, mask, gamma, lambda);
    return sum(whiten(advantages, mask), values, mask);
  }
}
