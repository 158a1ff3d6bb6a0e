package org.grpo4j.experiment.run;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.grpo4j.experiment.files.PhaseSeconds;
import org.grpo4j.math.Stopwatch;
import org.grpo4j.train.UpdateTrace;

/** The sums of a run's wall-clock time by phase. */
final class JobClock {

  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  /** The start of the program is on the account of the first job in it. */
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private final long start = System.nanoTime();
  private final double startup = STARTED.getAndSet(true) ? 0 : uptime();
  private final PhaseSeconds before;
  private double coldStart;
  private double rollout;
  private double score;
  private double optimize;
  private double trace;
  private double evaluation;

  /** Continues from {@code before}. */
  JobClock(PhaseSeconds before) {
    this.before = before;
  }

  private static double uptime() {
    return ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS;
  }

  /** Does {@code work} on the cold start's account. */
  <T> T coldStart(Supplier<T> work) {
    Stopwatch watch = new Stopwatch();
    T result = work.get();
    coldStart += watch.lap();
    return result;
  }

  /** Does {@code work} on the evaluation's account. */
  <T> T evaluation(Supplier<T> work) {
    Stopwatch watch = new Stopwatch();
    T result = work.get();
    evaluation += watch.lap();
    return result;
  }

  void addEvaluation(double seconds) {
    evaluation += seconds;
  }

  /**
   * Adds an update.
   *
   * @param writing seconds it took to write its trace
   */
  void addUpdate(UpdateTrace.Seconds seconds, double writing) {
    rollout += seconds.rollout();
    score += seconds.advantages();
    optimize += seconds.optimize();
    trace += seconds.inspect() + writing;
  }

  /** Everything so far. */
  PhaseSeconds seconds() {
    return new PhaseSeconds(
        before.startup() + startup,
        before.coldStart() + coldStart,
        before.rollout() + rollout,
        before.score() + score,
        before.optimize() + optimize,
        before.trace() + trace,
        before.evaluation() + evaluation,
        before.total() + startup + (System.nanoTime() - start) / NANOS);
  }
}
