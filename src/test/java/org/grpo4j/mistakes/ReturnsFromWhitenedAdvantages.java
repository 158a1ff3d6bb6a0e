package org.grpo4j.mistakes;

import org.grpo4j.math.TokenTable;

/** The critic is trained towards whitened advantage plus value. */
public final class ReturnsFromWhitenedAdvantages extends Mistake {

  @Override
  public String area() {
    return "critic";
  }

  @Override
  public String what() {
    return "The critic is trained towards whitened advantage plus value.";
  }

  @Override
  public String symptom() {
    return "Explained variance never rises.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public TokenTable returns(TokenTable advantages, TokenTable values, TokenTable mask) {
    return super.returns(whiten(advantages, mask), values, mask);
  }
}
