package org.grpo4j.course.catalogue;

@Story(
    area = "logits",
    what = "The factor 1/temperature is missing in the gradient.",
    symptom = "Another learning rate, as long as the temperature is constant.",
    seen = "easy to make in hand-written backward passes")
final class TemperatureForgottenInGradient extends Mistake {

  @Override
  public double[] lossByLogits(
      double[] logProbs, int token, double byLogProb, double byEntropy, double temperature) {
    return super.lossByLogits(logProbs, token, byLogProb, byEntropy, 1);
  }
}
