package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "trainer",
    what = "The norm of the gradient is not bounded.",
    symptom = "Now and then a step that is many times as long as its neighbours.")
final class GradientNotClipped extends Mistake {

  @Override
  public TokenTable training(TrainingRun run) {
    return run.withMaxGradientNorm(Double.POSITIVE_INFINITY).numbers();
  }
}
