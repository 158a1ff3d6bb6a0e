package org.grpo4j.mistakes;

/** The ratio is a constant: no gradient flows through it. */
public final class RatioDetached extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "The ratio is a constant: no gradient flows through it.";
  }

  @Override
  public String symptom() {
    return "The policy does not change at all.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return 0;
  }
}
