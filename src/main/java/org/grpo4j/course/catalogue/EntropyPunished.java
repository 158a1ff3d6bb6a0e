package org.grpo4j.course.catalogue;

@Story(
    area = "logits",
    what = "The entropy bonus has the wrong sign.",
    symptom = "Entropy collapses faster, the larger the coefficient.")
final class EntropyPunished extends Mistake {

  @Override
  public double entropyWeight(double alpha) {
    return alpha;
  }
}
