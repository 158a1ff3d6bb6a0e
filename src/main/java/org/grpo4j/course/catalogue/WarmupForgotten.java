package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "trainer",
    what = "The learning rate is the peak one from the first update on.",
    symptom = "The first steps are too long; Adam, whose means are still young, makes them longer.")
final class WarmupForgotten extends Mistake {

  @Override
  public TokenTable training(TrainingRun run) {
    return run.withWarmupUpdates(0).numbers();
  }
}
