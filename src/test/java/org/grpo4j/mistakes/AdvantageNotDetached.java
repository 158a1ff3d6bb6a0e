package org.grpo4j.mistakes;

/** A divergence in the reward is differentiated through the advantage. */
public final class AdvantageNotDetached extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "A divergence in the reward is differentiated through the advantage.";
  }

  @Override
  public String symptom() {
    return "Adds K1 to the loss: noise without any pull.";
  }

  @Override
  public String seen() {
    return "easy to make with automatic differentiation";
  }

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    double advantageByLogProb = -0.05;
    return super.surrogateSlope(ratio, advantage, low, high) - ratio * advantageByLogProb;
  }
}
