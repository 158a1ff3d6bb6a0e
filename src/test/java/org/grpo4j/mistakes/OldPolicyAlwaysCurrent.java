package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.RatioRow;

/** The old log-probabilities are recomputed in every inner step. */
public final class OldPolicyAlwaysCurrent extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "The old log-probabilities are recomputed in every inner step.";
  }

  @Override
  public String symptom() {
    return "The ratio is always exactly 1 and nothing is ever clipped, also with several inner epochs.";
  }

  @Override
  public String seen() {
    return "huggingface/trl#3120 asks whether this is one";
  }

  @Override
  public DoubleVector ratios(RatioRow row) {
    return DoubleVector.constant(row.mask().size(), 1);
  }
}
