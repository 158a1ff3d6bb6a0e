package org.grpo4j.course.catalogue;

@Story(
    area = "divergence",
    what = "K1 stands in the loss.",
    symptom = "The divergence is reported correctly and not held back: its expected gradient is 0.",
    seen = "rasbt, reasoning-from-scratch 7_5_plus_kl.py:229",
    elsewhere = "In the reward K1 is right; Eq. 1 has K3 in the loss.")
final class K1InTheLoss extends Mistake {

  @Override
  public double klValue(double logProb, double referenceLogProb) {
    return logProb - referenceLogProb;
  }

  @Override
  public double klSlope(double logProb, double referenceLogProb) {
    return 1;
  }
}
