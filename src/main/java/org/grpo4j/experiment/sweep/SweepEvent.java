package org.grpo4j.experiment.sweep;

import java.util.List;

/** An event of a sweep, for its display; events come one at a time, from any thread. */
public sealed interface SweepEvent permits SweepEvent.Planned, SweepEvent.Started, RunOutcome {

  /**
   * It is known what there is to do.
   *
   * @param reused runs that exist already
   * @param missing runs to be made
   */
  record Planned(int reused, List<PlannedRun> missing) implements SweepEvent {
    public Planned {
      missing = List.copyOf(missing);
    }
  }

  /** A process was started, which makes {@code run}. */
  record Started(PlannedRun run) implements SweepEvent {}
}
