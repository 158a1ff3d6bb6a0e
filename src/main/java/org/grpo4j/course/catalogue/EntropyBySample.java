package org.grpo4j.course.catalogue;

@Story(
    area = "logits",
    what = "Minus the log-probability of the sampled token is taken for the entropy.",
    symptom = "The reported entropy is noisy; as a bonus its gradient is another.",
    seen = "nano-aha-moment reports it under that name")
final class EntropyBySample extends Mistake {

  @Override
  public double entropy(double[] logProbs, int token) {
    return -logProbs[token];
  }
}
