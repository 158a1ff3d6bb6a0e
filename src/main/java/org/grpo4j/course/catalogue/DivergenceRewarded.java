package org.grpo4j.course.catalogue;

@Story(
    area = "divergence",
    what = "The divergence is subtracted from the loss.",
    symptom = "The policy runs away from the reference.",
    seen = "easy to make when an objective is turned into a loss")
final class DivergenceRewarded extends Mistake {

  @Override
  public double klWeight(double beta) {
    return -beta;
  }
}
