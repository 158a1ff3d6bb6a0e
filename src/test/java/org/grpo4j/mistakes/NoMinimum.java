package org.grpo4j.mistakes;

/** The clipped term alone is the loss, without the minimum. */
public final class NoMinimum extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "The clipped term alone is the loss, without the minimum.";
  }

  @Override
  public String symptom() {
    return "Tokens that went the wrong way lose their gradient and stay lost.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double surrogateLoss(double ratio, double advantage, double low, double high) {
    return -Math.max(1 - low, Math.min(ratio, 1 + high)) * advantage;
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return ratio < 1 - low || ratio > 1 + high ? 0 : -ratio * advantage;
  }
}
