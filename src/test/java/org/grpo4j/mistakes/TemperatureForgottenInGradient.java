package org.grpo4j.mistakes;

/** The factor 1/temperature is missing in the gradient. */
public final class TemperatureForgottenInGradient extends Mistake {

  @Override
  public String area() {
    return "logits";
  }

  @Override
  public String what() {
    return "The factor 1/temperature is missing in the gradient.";
  }

  @Override
  public String symptom() {
    return "Another learning rate, as long as the temperature is constant.";
  }

  @Override
  public String seen() {
    return "easy to make in hand-written backward passes";
  }

  @Override
  public double[] lossByLogits(
      double[] logProbs, int token, double byLogProb, double byEntropy, double temperature) {
    return super.lossByLogits(logProbs, token, byLogProb, byEntropy, 1);
  }
}
