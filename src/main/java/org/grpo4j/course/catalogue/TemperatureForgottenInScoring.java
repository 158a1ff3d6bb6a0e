package org.grpo4j.course.catalogue;

@Story(
    area = "logits",
    what = "Completions are sampled at a temperature and scored at 1.",
    symptom =
        "The ratio at the first step is not 1; hidden if the old log-probabilities are recomputed"
            + " the same way.",
    seen = "reasoning-from-scratch, simple_GRPO, minimind; huggingface/trl#4159")
final class TemperatureForgottenInScoring extends Mistake {

  @Override
  public double[] logProbs(double[] logits, double temperature) {
    return super.logProbs(logits, 1);
  }
}
