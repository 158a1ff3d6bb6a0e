package org.grpo4j.mistakes;

/** The upper and the lower range are exchanged. */
public final class ClipRangeSwapped extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "The upper and the lower range are exchanged.";
  }

  @Override
  public String symptom() {
    return "Clip-higher becomes clip-lower; entropy falls faster than without it.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double surrogateLoss(double ratio, double advantage, double low, double high) {
    return super.surrogateLoss(ratio, advantage, high, low);
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return super.surrogateSlope(ratio, advantage, high, low);
  }
}
