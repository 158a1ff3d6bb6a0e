package org.grpo4j.mistakes;

/** A ratio exactly on the bound counts as clipped. */
public final class BoundaryClipped extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "A ratio exactly on the bound counts as clipped.";
  }

  @Override
  public String symptom() {
    return "With a range of 0, nothing is learnt in the first step, where every ratio is 1.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    boolean clipped = advantage > 0 ? ratio >= 1 + high : ratio <= 1 - low;
    return clipped ? 0 : super.surrogateSlope(ratio, advantage, low, high);
  }
}
