package org.grpo4j.course.catalogue;

@Story(
    area = "ratio and surrogate",
    what = "The loss is clipped, its derivative is not.",
    symptom = "Clipping has no effect, though the clip fraction is reported.",
    seen = "easy to make in hand-written backward passes")
final class ClippedTokensKeepTheirGradient extends Mistake {

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return -ratio * advantage;
  }
}
