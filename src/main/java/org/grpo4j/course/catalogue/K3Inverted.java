package org.grpo4j.course.catalogue;

@Story(
    area = "divergence",
    what = "K3 with the ratio of policy to reference instead of the other way round.",
    symptom = "The estimate is not the divergence; early spikes.",
    seen = "rlhf-book loss.py:23-59, natolambert/rlhf-book#489")
final class K3Inverted extends Mistake {

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
