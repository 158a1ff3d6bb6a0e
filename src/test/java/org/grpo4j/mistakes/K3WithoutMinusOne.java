package org.grpo4j.mistakes;

/** The -1 of K3 is forgotten. */
public final class K3WithoutMinusOne extends Mistake {

  @Override
  public String area() {
    return "divergence";
  }

  @Override
  public String what() {
    return "The -1 of K3 is forgotten.";
  }

  @Override
  public String symptom() {
    return "The reported divergence begins at 1; the gradient is right.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double klValue(double logProb, double referenceLogProb) {
    double x = logProb - referenceLogProb;
    return Math.exp(-x) + x;
  }
}
