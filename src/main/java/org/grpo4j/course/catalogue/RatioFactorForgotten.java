package org.grpo4j.course.catalogue;

@Story(
    area = "ratio and surrogate",
    what =
        "The derivative of the ratio by the log-probability is taken to be 1 instead of the ratio.",
    symptom = "Right in the first step, wrong in all later ones.",
    seen = "easy to make in hand-written backward passes")
final class RatioFactorForgotten extends Mistake {

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    return super.surrogateSlope(ratio, advantage, low, high) / ratio;
  }
}
