package org.grpo4j.experiment.sweep;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The progress of a sweep and the time it will take: every run that is missing is expected to take
 * as long as the finished ones of its experiment did on average, or of all experiments if none of
 * its own has finished.
 */
public final class SweepProgress {

  private final int jobs;
  private final Map<String, Integer> waiting = new HashMap<>();
  private final Map<PlannedRun, Double> startedAt = new LinkedHashMap<>();
  private final Map<String, SampleMean> took = new HashMap<>();
  private final SampleMean all = new SampleMean();
  private int done;

  /** A mean that grows, so that no list of all runs is gone through again and again. */
  private static final class SampleMean {
    private int count;
    private double sum;

    void add(double seconds) {
      count++;
      sum += seconds;
    }

    double value() {
      return count == 0 ? 0 : sum / count;
    }
  }

  /**
   * @param planned the runs to be made
   * @param jobs how many at a time
   */
  public SweepProgress(List<PlannedRun> planned, int jobs) {
    planned.forEach(run -> waiting.merge(run.experiment(), 1, Integer::sum));
    this.jobs = jobs;
  }

  /** Takes notice of {@code event}, which happened at {@code seconds} on any clock. */
  public synchronized void on(SweepEvent event, double seconds) {
    if (event instanceof SweepEvent.Started started) {
      waiting.merge(started.run().experiment(), -1, Integer::sum);
      startedAt.put(started.run(), seconds);
    } else if (event instanceof RunOutcome outcome) {
      startedAt.remove(outcome.run());
      done++;
      if (outcome.succeeded()) {
        took.computeIfAbsent(outcome.run().experiment(), name -> new SampleMean())
            .add(outcome.seconds());
        all.add(outcome.seconds());
      }
    }
  }

  /** Runs that have ended. */
  public synchronized int done() {
    return done;
  }

  /** Runs that go on now. */
  public synchronized List<PlannedRun> running() {
    return List.copyOf(startedAt.keySet());
  }

  /** Seconds until everything will have ended; empty before the first run has. */
  public synchronized OptionalDouble remainingSeconds(double now) {
    if (all.count == 0) {
      return OptionalDouble.empty();
    }
    double work = 0;
    double longest = 0;
    for (Map.Entry<String, Integer> runs : waiting.entrySet()) {
      work += runs.getValue() * expected(runs.getKey());
    }
    for (Map.Entry<PlannedRun, Double> run : startedAt.entrySet()) {
      double rest = Math.max(0, expected(run.getKey().experiment()) - (now - run.getValue()));
      work += rest;
      longest = Math.max(longest, rest);
    }
    return OptionalDouble.of(Math.max(longest, work / jobs));
  }

  private double expected(String experiment) {
    return took.getOrDefault(experiment, all).value();
  }
}
