package org.grpo4j.mistakes;

/** K1 stands in the loss. */
public final class K1InTheLoss extends Mistake {

  @Override
  public String area() {
    return "divergence";
  }

  @Override
  public String what() {
    return "K1 stands in the loss.";
  }

  @Override
  public String symptom() {
    return "The divergence is reported correctly and not held back: its expected gradient is 0.";
  }

  @Override
  public String seen() {
    return "rasbt, reasoning-from-scratch 7_5_plus_kl.py:229";
  }

  @Override
  public double klValue(double logProb, double referenceLogProb) {
    return logProb - referenceLogProb;
  }

  @Override
  public double klSlope(double logProb, double referenceLogProb) {
    return 1;
  }
}
