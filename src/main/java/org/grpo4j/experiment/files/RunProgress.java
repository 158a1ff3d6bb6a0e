package org.grpo4j.experiment.files;

import org.grpo4j.train.UpdateTrace;

/**
 * The progress of a run, as its checkpoints say.
 *
 * @param updatesDone updates taken
 * @param coldStartSteps steps of the cold start taken in this run; 0 when the updates have begun
 * @param totals what was sampled in them
 * @param seconds where the time went
 * @param coldStartReused whether the cold start came from the cache
 */
public record RunProgress(
    int updatesDone,
    int coldStartSteps,
    UpdateTrace.Sampled totals,
    PhaseSeconds seconds,
    boolean coldStartReused) {

  /** Of a run that begins with its cold start. */
  public static RunProgress beginning(boolean coldStartReused) {
    return new RunProgress(0, 0, UpdateTrace.Sampled.NONE, PhaseSeconds.NONE, coldStartReused);
  }
}
