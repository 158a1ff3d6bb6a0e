package org.grpo4j.experiment.comparison;

import java.util.List;

/** A way to get one number out of a run. */
public sealed interface MeasureSource
    permits SummaryValue,
        LastUpdates,
        LastUpdatesAtEqual,
        AtUpdate,
        Area,
        Median,
        Largest,
        SecondsPerGflop {

  /** The column of {@code metrics.jsonl} or the key of {@code summary.json} it is made of. */
  String column();

  /**
   * The number of {@code run}.
   *
   * @param all every run of the comparison, {@code run} among them: what is compared "at equal
   *     seconds" depends on the shortest
   * @return {@code NaN} if the run does not have it
   */
  double of(FinishedRun run, List<FinishedRun> all);

  /** Whether it depends on how fast the machine was, so that no other machine gives the same. */
  default boolean dependsOnTheMachine() {
    return false;
  }
}
