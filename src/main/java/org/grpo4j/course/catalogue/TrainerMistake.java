package org.grpo4j.course.catalogue;

import java.util.function.UnaryOperator;
import org.grpo4j.math.TokenTable;

/** Typical mistakes of a trainer: each runs with a setting that is not the one given. */
enum TrainerMistake implements Mistake {
  @Story(
      what = "The completions are gone through once, whatever mu is.",
      symptom = "With mu of 4 a quarter of the optimiser steps; learns as with mu of 1.")
  INNER_EPOCHS_FORGOTTEN(run -> run.withInnerEpochs(1)),

  @Story(
      what = "Every optimiser step takes all completions.",
      symptom = "The optimiser steps of an epoch are one, over all rows.")
  MINI_BATCHES_FORGOTTEN(run -> run.withMiniBatches(1)),

  @Story(
      what = "The reference policy of the first update is kept, though it is to be replaced.",
      symptom = "The KL divergence rises all the way and holds the policy back.")
  REFERENCE_NEVER_REFRESHED(run -> run.withReferenceRefreshEvery(0)),

  @Story(
      what = "The reference policy is replaced before every update.",
      symptom = "The KL term is 0 at the first step of every update; its weight does nothing.")
  REFERENCE_ALWAYS_CURRENT(run -> run.withReferenceRefreshEvery(1)),

  @Story(
      what = "The learning rate is the peak one from the first update on.",
      symptom =
          "The first steps are too long; Adam, whose means are still young, makes them longer.")
  WARMUP_FORGOTTEN(run -> run.withWarmupUpdates(0)),

  @Story(
      what = "The norm of the gradient is not bounded.",
      symptom = "Now and then a step that is many times as long as its neighbours.")
  GRADIENT_NOT_CLIPPED(run -> run.withMaxGradientNorm(Double.POSITIVE_INFINITY));

  private final UnaryOperator<TrainingRun> change;

  TrainerMistake(UnaryOperator<TrainingRun> change) {
    this.change = change;
  }

  @Override
  public TokenTable training(TrainingRun run) {
    return change.apply(run).numbers();
  }
}
