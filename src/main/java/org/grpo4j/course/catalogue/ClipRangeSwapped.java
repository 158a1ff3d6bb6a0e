package org.grpo4j.course.catalogue;

@Story(
    area = "ratio and surrogate",
    what = "The upper and the lower range are exchanged.",
    symptom = "Clip-higher becomes clip-lower; entropy falls faster than without it.")
final class ClipRangeSwapped extends Mistake {

  @Override
  public double surrogateLoss(double ratio, double advantage, double low, double high) {
    return super.surrogateLoss(ratio, advantage, high, low);
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return super.surrogateSlope(ratio, advantage, high, low);
  }
}
