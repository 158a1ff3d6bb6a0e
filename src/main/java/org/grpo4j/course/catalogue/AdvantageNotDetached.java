package org.grpo4j.course.catalogue;

@Story(
    area = "ratio and surrogate",
    what = "A divergence in the reward is differentiated through the advantage.",
    symptom = "Adds K1 to the loss: noise without any pull.",
    seen = "easy to make with automatic differentiation")
final class AdvantageNotDetached extends Mistake {

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    double advantageByLogProb = -0.05;
    return super.surrogateSlope(ratio, advantage, low, high) - ratio * advantageByLogProb;
  }
}
