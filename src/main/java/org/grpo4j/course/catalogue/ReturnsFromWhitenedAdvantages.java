package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "critic",
    what = "The critic is trained towards whitened advantage plus value.",
    symptom = "Explained variance never rises.")
final class ReturnsFromWhitenedAdvantages extends Mistake {

  @Override
  public TokenTable returns(TokenTable advantages, TokenTable values, TokenTable mask) {
    return super.returns(whiten(advantages, mask), values, mask);
  }
}
