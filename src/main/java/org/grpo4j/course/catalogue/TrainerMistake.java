package org.grpo4j.course.catalogue;

import java.util.function.UnaryOperator;
import org.grpo4j.math.TokenTable;

/** Typical mistakes of a trainer: each runs with a setting that is not the one given. */
enum TrainerMistake implements Mistake {
  INNER_EPOCHS_FORGOTTEN(run -> run.withInnerEpochs(1)),

  MINI_BATCHES_FORGOTTEN(run -> run.withMiniBatches(1)),

  REFERENCE_NEVER_REFRESHED(run -> run.withReferenceRefreshEvery(0)),

  REFERENCE_ALWAYS_CURRENT(run -> run.withReferenceRefreshEvery(1)),

  WARMUP_FORGOTTEN(run -> run.withWarmupUpdates(0)),

  GRADIENT_NOT_CLIPPED(run -> run.withMaxGradientNorm(Double.POSITIVE_INFINITY));

  @SuppressWarnings("ImmutableEnumChecker") // no lambda above has a state
  private final UnaryOperator<TrainingRun> change;

  TrainerMistake(UnaryOperator<TrainingRun> change) {
    this.change = change;
  }

  @Override
  public TokenTable training(TrainingRun run) {
    return change.apply(run).numbers();
  }
}
