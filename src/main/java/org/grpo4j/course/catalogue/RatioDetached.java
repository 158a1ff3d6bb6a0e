package org.grpo4j.course.catalogue;

@Story(
    area = "ratio and surrogate",
    what = "The ratio is a constant: no gradient flows through it.",
    symptom = "The policy does not change at all.")
final class RatioDetached extends Mistake {

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return 0;
  }
}
