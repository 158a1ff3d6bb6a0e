package org.grpo4j.mistakes;

/** The divergence is in the loss that is printed, but not in the gradient. */
public final class DivergenceNotInTheGradient extends Mistake {

  @Override
  public String area() {
    return "divergence";
  }

  @Override
  public String what() {
    return "The divergence is in the loss that is printed, but not in the gradient.";
  }

  @Override
  public String symptom() {
    return "The coefficient has no effect.";
  }

  @Override
  public String seen() {
    return "no-magic scales the learning rate with it instead";
  }

  @Override
  public double klSlope(double logProb, double referenceLogProb) {
    return 0;
  }
}
