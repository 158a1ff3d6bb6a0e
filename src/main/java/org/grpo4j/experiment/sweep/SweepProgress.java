package org.grpo4j.experiment.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * The progress of a sweep and the time it will take: every run that is missing is expected to take
 * as long as the finished ones of its experiment did on average, or of all experiments if none of
 * its own has finished.
 */
public final class SweepProgress {

  private final int jobs;
  private final List<PlannedRun> waiting;
  private final Map<PlannedRun, Double> startedAt = new LinkedHashMap<>();
  private final List<RunOutcome> ended = new ArrayList<>();

  /**
   * @param planned the runs to be made
   * @param jobs how many at a time
   */
  public SweepProgress(List<PlannedRun> planned, int jobs) {
    this.waiting = new ArrayList<>(planned);
    this.jobs = jobs;
  }

  /** Takes notice of {@code event}, which happened at {@code seconds} on any clock. */
  public synchronized void on(SweepEvent event, double seconds) {
    if (event instanceof SweepEvent.Started started) {
      waiting.remove(started.run());
      startedAt.put(started.run(), seconds);
    } else if (event instanceof RunOutcome outcome) {
      startedAt.remove(outcome.run());
      ended.add(outcome);
    }
  }

  /** Runs that have ended. */
  public synchronized int done() {
    return ended.size();
  }

  /** Runs that go on now. */
  public synchronized List<PlannedRun> running() {
    return List.copyOf(startedAt.keySet());
  }

  /** Seconds until everything will have ended; empty before the first run has. */
  public synchronized OptionalDouble remainingSeconds(double now) {
    if (ended.stream().noneMatch(RunOutcome::succeeded)) {
      return OptionalDouble.empty();
    }
    double work = 0;
    double longest = 0;
    for (PlannedRun run : waiting) {
      work += expected(run);
    }
    for (Map.Entry<PlannedRun, Double> run : startedAt.entrySet()) {
      double rest = Math.max(0, expected(run.getKey()) - (now - run.getValue()));
      work += rest;
      longest = Math.max(longest, rest);
    }
    return OptionalDouble.of(Math.max(longest, work / jobs));
  }

  private double expected(PlannedRun run) {
    return mean(other -> other.experiment().equals(run.experiment()))
        .orElse(mean(any -> true).orElse(0));
  }

  /** The mean time of the finished runs among these. */
  private OptionalDouble mean(Predicate<PlannedRun> runs) {
    return ended.stream()
        .filter(outcome -> outcome.succeeded() && runs.test(outcome.run()))
        .mapToDouble(RunOutcome::seconds)
        .average();
  }
}
