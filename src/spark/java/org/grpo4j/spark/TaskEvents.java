package org.grpo4j.spark;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.grpo4j.experiment.sweep.PlannedRun;
import org.grpo4j.experiment.sweep.RunOutcome;
import org.grpo4j.experiment.sweep.SweepEvent;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tells a sweep's listener when the first task of a run starts and when the run is there. Spark's
 * own events come from a thread of theirs and may be late: a run that has ended has started.
 */
final class TaskEvents extends SparkListener {

  private static final String RUN = "grpo4j.run";
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Consumer<? super SweepEvent> listener;
  private final Map<String, PlannedRun> waiting = new HashMap<>();
  private final Map<Object, String> stages = new HashMap<>();
  private int running;

  TaskEvents(Consumer<? super SweepEvent> listener) {
    this.listener = listener;
  }

  /** Takes notice that this thread's next job makes {@code run}. */
  synchronized void submitting(PlannedRun run, JavaSparkContext spark) {
    spark.setLocalProperty(RUN, run.fileName());
    waiting.put(run.fileName(), run);
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    String run = job.properties().getProperty(RUN);
    CollectionConverters.asJava(job.stageIds()).forEach(stage -> stages.put(stage, run));
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart task) {
    running++;
    Optional.ofNullable(stages.remove(task.stageId())).ifPresent(this::started);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    running--;
    notifyAll();
  }

  /** Waits for tasks that were asked to end, but not longer than this. */
  synchronized void awaitIdle(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (long rest = patience.toMillis(); running > 0 && rest > 0; ) {
      wait(rest);
      rest = (end - System.nanoTime()) / NANOS_PER_MILLI;
    }
  }

  private void started(String name) {
    Optional.ofNullable(waiting.remove(name))
        .ifPresent(run -> listener.accept(new SweepEvent.Started(run)));
  }

  synchronized void ended(RunOutcome outcome) {
    started(outcome.run().fileName());
    listener.accept(outcome);
  }
}
