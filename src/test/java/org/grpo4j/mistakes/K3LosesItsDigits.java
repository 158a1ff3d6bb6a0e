package org.grpo4j.mistakes;

/** exp(-x) + x - 1 is computed in float as it is written. */
public final class K3LosesItsDigits extends Mistake {

  @Override
  public String area() {
    return "divergence";
  }

  @Override
  public String what() {
    return "exp(-x) + x - 1 is computed in float as it is written.";
  }

  @Override
  public String symptom() {
    return "Near the reference the divergence is noise, sometimes negative.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double klValue(double logProb, double referenceLogProb) {
    float x = (float) (logProb - referenceLogProb);
    return (float) Math.exp(-x) + x - 1f;
  }
}
