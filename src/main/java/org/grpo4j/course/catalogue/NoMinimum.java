package org.grpo4j.course.catalogue;

@Story(
    area = "ratio and surrogate",
    what = "The clipped term alone is the loss, without the minimum.",
    symptom = "Tokens that went the wrong way lose their gradient and stay lost.")
final class NoMinimum extends Mistake {

  @Override
  public double surrogateLoss(double ratio, double advantage, double low, double high) {
    return -Math.max(1 - low, Math.min(ratio, 1 + high)) * advantage;
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return ratio < 1 - low || ratio > 1 + high ? 0 : -ratio * advantage;
  }
}
