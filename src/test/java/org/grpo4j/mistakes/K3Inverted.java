package org.grpo4j.mistakes;

/** K3 with the ratio of policy to reference instead of the other way round. */
public final class K3Inverted extends Mistake {

  @Override
  public String area() {
    return "divergence";
  }

  @Override
  public String what() {
    return "K3 with the ratio of policy to reference instead of the other way round.";
  }

  @Override
  public String symptom() {
    return "The estimate is not the divergence; early spikes.";
  }

  @Override
  public String seen() {
    return "rlhf-book loss.py:23-59, natolambert/rlhf-book#489";
  }

  @Override
  public double klValue(double logProb, double referenceLogProb) {
    double x = logProb - referenceLogProb;
    return Math.exp(x) - x - 1;
  }

  @Override
  public double klSlope(double logProb, double referenceLogProb) {
    return Math.exp(logProb - referenceLogProb) - 1;
  }
}
