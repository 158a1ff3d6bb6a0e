package org.grpo4j.mistakes;

/** The logits after a token are used to score that token. */
public final class LabelsShifted extends Mistake {

  @Override
  public String area() {
    return "logits";
  }

  @Override
  public String what() {
    return "The logits after a token are used to score that token.";
  }

  @Override
  public String symptom() {
    return "Log-probabilities of another position; the ratio at the first step is not 1 if only one side is shifted.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public int logitColumn(int t) {
    return t + 1;
  }
}
