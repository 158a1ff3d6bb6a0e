package org.grpo4j.mistakes;

/** Completions are sampled at a temperature and scored at 1. */
public final class TemperatureForgottenInScoring extends Mistake {

  @Override
  public String area() {
    return "logits";
  }

  @Override
  public String what() {
    return "Completions are sampled at a temperature and scored at 1.";
  }

  @Override
  public String symptom() {
    return "The ratio at the first step is not 1; hidden if the old log-probabilities are recomputed the same way.";
  }

  @Override
  public String seen() {
    return "reasoning-from-scratch, simple_GRPO, minimind; huggingface/trl#4159";
  }

  @Override
  public double[] logProbs(double[] logits, double temperature) {
    return super.logProbs(logits, 1);
  }
}
