package org.grpo4j.course.catalogue;

@Story(
    area = "ratio and surrogate",
    what = "For A < 0 the larger of the two surrogates is taken instead of the smaller.",
    symptom =
        "Bad tokens that became likelier are not pulled back, those already suppressed are pushed"
            + " on without bound.",
    seen = "rasbt, reasoning-from-scratch 7_4_plus_clip_ratio.py:208")
final class MaxForNegativeAdvantage extends Mistake {

  @Override
  public double surrogateLoss(double ratio, double advantage, double low, double high) {
    double unclipped = ratio * advantage;
    double clipped = Math.max(1 - low, Math.min(ratio, 1 + high)) * advantage;
    return advantage < 0 ? -Math.max(unclipped, clipped) : -Math.min(unclipped, clipped);
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return ratio > 1 + high ? 0 : -ratio * advantage;
  }
}
