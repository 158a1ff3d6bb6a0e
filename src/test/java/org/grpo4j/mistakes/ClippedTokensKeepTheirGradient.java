package org.grpo4j.mistakes;

/** The loss is clipped, its derivative is not. */
public final class ClippedTokensKeepTheirGradient extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "The loss is clipped, its derivative is not.";
  }

  @Override
  public String symptom() {
    return "Clipping has no effect, though the clip fraction is reported.";
  }

  @Override
  public String seen() {
    return "easy to make in hand-written backward passes";
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return -ratio * advantage;
  }
}
