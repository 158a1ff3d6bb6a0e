package org.grpo4j.course.catalogue;

@Story(
    area = "divergence",
    what = "The divergence is in the loss that is printed, but not in the gradient.",
    symptom = "The coefficient has no effect.",
    seen = "no-magic scales the learning rate with it instead")
final class DivergenceNotInTheGradient extends Mistake {

  @Override
  public double klSlope(double logProb, double referenceLogProb) {
    return 0;
  }
}
