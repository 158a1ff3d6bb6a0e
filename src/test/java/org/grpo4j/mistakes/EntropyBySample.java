package org.grpo4j.mistakes;

/** Minus the log-probability of the sampled token is taken for the entropy. */
public final class EntropyBySample extends Mistake {

  @Override
  public String area() {
    return "logits";
  }

  @Override
  public String what() {
    return "Minus the log-probability of the sampled token is taken for the entropy.";
  }

  @Override
  public String symptom() {
    return "The reported entropy is noisy; as a bonus its gradient is another.";
  }

  @Override
  public String seen() {
    return "nano-aha-moment reports it under that name";
  }

  @Override
  public double entropy(double[] logProbs, int token) {
    return -logProbs[token];
  }
}
