package org.grpo4j.experiment.files;

/**
 * The wall-clock time of a run by phase, in seconds.
 *
 * @param startup from the start of the Java virtual machine to the start of the run
 * @param coldStart the cold start, or reading it from the cache
 * @param rollout sampling completions
 * @param score rewards, advantages, and scores of old and reference policy
 * @param optimize the inner loop: forward, loss, backward, optimiser
 * @param trace looking at what updates did, and writing it down
 * @param evaluation evaluations before, during and after training
 * @param total all of it, files and whatever else there is included
 */
public record PhaseSeconds(
    double startup,
    double coldStart,
    double rollout,
    double score,
    double optimize,
    double trace,
    double evaluation,
    double total) {

  /** No time at all. */
  public static final PhaseSeconds NONE = new PhaseSeconds(0, 0, 0, 0, 0, 0, 0, 0);

  /** The time in none of the phases: writing files mostly. */
  public double other() {
    return Math.max(
        0, total - startup - coldStart - rollout - score - optimize - trace - evaluation);
  }
}
