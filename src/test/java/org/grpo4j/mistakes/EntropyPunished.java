package org.grpo4j.mistakes;

/** The entropy bonus has the wrong sign. */
public final class EntropyPunished extends Mistake {

  @Override
  public String area() {
    return "logits";
  }

  @Override
  public String what() {
    return "The entropy bonus has the wrong sign.";
  }

  @Override
  public String symptom() {
    return "Entropy collapses faster, the larger the coefficient.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double entropyWeight(double alpha) {
    return alpha;
  }
}
