package org.grpo4j.experiment.sweep;

import java.nio.file.Path;

/**
 * The end of a process that was to make a run, well or not.
 *
 * @param run the run it was to make
 * @param exitCode its exit code
 * @param log what it said
 * @param seconds how long it took
 */
public record RunOutcome(PlannedRun run, int exitCode, Path log, double seconds)
    implements SweepEvent {

  /** Whether the run came to its end. */
  public boolean succeeded() {
    return exitCode == 0;
  }
}
