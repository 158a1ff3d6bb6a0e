package org.grpo4j.mistakes;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;

/** A reward that could not be computed counts as 0. */
public final class MissingRewardAsZero extends Mistake {

  @Override
  public String area() {
    return "advantage";
  }

  @Override
  public String what() {
    return "A reward that could not be computed counts as 0.";
  }

  @Override
  public String symptom() {
    return "A verifier that times out punishes good completions.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    double[] filled = rewards.toArray();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = Double.isNaN(filled[i]) ? 0 : filled[i];
    }
    return super.advantages(DoubleVector.of(filled), groups);
  }
}
