package org.grpo4j.experiment.sweep;

/** What a sweep tells whoever shows its progress; events come one at a time, from any thread. */
public sealed interface SweepEvent {

  /**
   * A process was started.
   *
   * @param run the run it makes
   */
  record Started(PlannedRun run) implements SweepEvent {}

  /**
   * A process ended, well or not.
   *
   * @param outcome how
   */
  record Ended(RunOutcome outcome) implements SweepEvent {}
}
