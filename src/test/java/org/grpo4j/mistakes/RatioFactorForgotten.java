package org.grpo4j.mistakes;

/** The derivative of the ratio by the log-probability is taken to be 1 instead of the ratio. */
public final class RatioFactorForgotten extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "The derivative of the ratio by the log-probability is taken to be 1 instead of the ratio.";
  }

  @Override
  public String symptom() {
    return "Right in the first step, wrong in all later ones.";
  }

  @Override
  public String seen() {
    return "easy to make in hand-written backward passes";
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return super.surrogateSlope(ratio, advantage, low, high) / ratio;
  }
}
