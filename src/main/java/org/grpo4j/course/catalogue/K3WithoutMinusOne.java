package org.grpo4j.course.catalogue;

@Story(
    area = "divergence",
    what = "The -1 of K3 is forgotten.",
    symptom = "The reported divergence begins at 1; the gradient is right.")
final class K3WithoutMinusOne extends Mistake {

  @Override
  public double klValue(double logProb, double referenceLogProb) {
    double x = logProb - referenceLogProb;
    return Math.exp(-x) + x;
  }
}
