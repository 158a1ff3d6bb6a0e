package org.grpo4j.mistakes;

/** Only the logit of the sampled token gets a gradient, not those of the others. */
public final class OnlyTheSampledLogit extends Mistake {

  @Override
  public String area() {
    return "logits";
  }

  @Override
  public String what() {
    return "Only the logit of the sampled token gets a gradient, not those of the others.";
  }

  @Override
  public String symptom() {
    return "Logits drift upwards; probabilities move too slowly.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double[] lossByLogits(
      double[] logProbs, int token, double byLogProb, double byEntropy, double temperature) {
    double[] all = super.lossByLogits(logProbs, token, byLogProb, byEntropy, temperature);
    double[] one = new double[all.length];
    one[token] = all[token];
    return one;
  }
}
