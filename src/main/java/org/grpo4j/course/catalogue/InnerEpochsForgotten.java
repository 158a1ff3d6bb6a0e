package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "trainer",
    what = "The completions are gone through once, whatever mu is.",
    symptom = "With mu of 4 a quarter of the optimiser steps; learns as with mu of 1.")
final class InnerEpochsForgotten extends Mistake {

  @Override
  public TokenTable training(TrainingRun run) {
    return run.withInnerEpochs(1).numbers();
  }
}
