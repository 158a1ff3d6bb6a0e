package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "trainer",
    what = "Every optimiser step takes all completions.",
    symptom = "The optimiser steps of an epoch are one, over all rows.")
final class MiniBatchesForgotten extends Mistake {

  @Override
  public TokenTable training(TrainingRun run) {
    return run.withMiniBatches(1).numbers();
  }
}
