package org.grpo4j.mistakes;

/** The divergence is subtracted from the loss. */
public final class DivergenceRewarded extends Mistake {

  @Override
  public String area() {
    return "divergence";
  }

  @Override
  public String what() {
    return "The divergence is subtracted from the loss.";
  }

  @Override
  public String symptom() {
    return "The policy runs away from the reference.";
  }

  @Override
  public String seen() {
    return "easy to make when an objective is turned into a loss";
  }

  @Override
  public double klWeight(double beta) {
    return -beta;
  }
}
