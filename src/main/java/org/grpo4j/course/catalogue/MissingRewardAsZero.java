package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what = "A reward that could not be computed counts as 0.",
    symptom = "A verifier that times out punishes good completions.")
final class MissingRewardAsZero extends Mistake {

  @Override
  public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    double[] filled = rewards.toArray();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = Double.isNaN(filled[i]) ? 0 : filled[i];
    }
    return super.advantages(DoubleVector.of(filled), groups);
  }
}
