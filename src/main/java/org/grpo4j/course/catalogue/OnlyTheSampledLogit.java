package org.grpo4j.course.catalogue;

@Story(
    area = "logits",
    what = "Only the logit of the sampled token gets a gradient, not those of the others.",
    symptom = "Logits drift upwards; probabilities move too slowly.")
final class OnlyTheSampledLogit extends Mistake {

  @Override
  public double[] lossByLogits(
      double[] logProbs, int token, double byLogProb, double byEntropy, double temperature) {
    double[] all = super.lossByLogits(logProbs, token, byLogProb, byEntropy, temperature);
    double[] one = new double[all.length];
    one[token] = all[token];
    return one;
  }
}
