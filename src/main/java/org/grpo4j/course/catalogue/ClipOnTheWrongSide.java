package org.grpo4j.course.catalogue;

@Story(
    area = "ratio and surrogate",
    what = "For A > 0 the lower bound clips, for A < 0 the upper one.",
    symptom = "Nothing stops a step in the wanted direction.")
final class ClipOnTheWrongSide extends Mistake {

  @Override
  public double surrogateLoss(double ratio, double advantage, double low, double high) {
    double unclipped = ratio * advantage;
    double clipped = Math.max(1 - low, Math.min(ratio, 1 + high)) * advantage;
    return -Math.max(unclipped, clipped);
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    boolean clipped = advantage > 0 ? ratio < 1 - low : ratio > 1 + high;
    return clipped ? 0 : -ratio * advantage;
  }
}
