package org.grpo4j.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.sweep.InputsFirst;
import org.grpo4j.experiment.sweep.PlannedRun;
import org.grpo4j.experiment.sweep.RunOutcome;
import org.grpo4j.experiment.sweep.SweepEngine;
import org.grpo4j.experiment.sweep.SweepEvent;

/**
 * Makes runs as tasks of Spark, each a job of its own: what becomes of one is nothing to the
 * others. Never more than a few jobs wait, and of a result no more is kept than its exit code once
 * the run is in its place, so a sweep may have any number of runs. Spark repeats a task whose
 * executor is lost, or that could not write, wherever a core is free.
 *
 * <p>A run that was begun by a process and interrupted is made from its beginning.
 *
 * @param master the address of the cluster, or {@code local[N]}
 * @param jobs how many runs at a time
 * @param last arguments of the command after all others
 */
record SparkSweep(String master, int jobs, List<String> last) implements SweepEngine {

  private static final long POLL_MILLIS = 200;

  /** A run ends within an update of being asked to. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** So many jobs wait for each core: it never waits for the driver. */
  private static final int WAITING = 2;

  SparkSweep {
    last = List.copyOf(last);
  }

  @Override
  public Made run(
      List<PlannedRun> planned,
      Path runs,
      BooleanSupplier stopRequested,
      Consumer<? super SweepEvent> listener) {
    if (planned.isEmpty()) {
      return new Made(List.of(), false);
    }
    Path logs = runs.resolve(".sweep");
    AtomicFiles.act("cannot make " + logs, () -> Files.createDirectories(logs));
    SparkSettings.logTo(logs.resolve("spark.log"));
    SparkSettings.openModules();
    ExecutorService threads = Executors.newFixedThreadPool((1 + WAITING) * jobs);
    TaskEvents events = new TaskEvents(listener);
    try (JavaSparkContext spark = new JavaSparkContext(SparkSettings.of(master, jobs))) {
      spark.sc().addSparkListener(events);
      SparkDriver driver = new SparkDriver(spark, runs, last, events, stopRequested);
      List<Future<Optional<RunOutcome>>> futures = new ArrayList<>();
      InputsFirst order = new InputsFirst(threads);
      for (PlannedRun run : planned) {
        futures.add(order.submit(run, () -> driver.make(run)));
      }
      List<RunOutcome> outcomes = new ArrayList<>();
      for (Future<Optional<RunOutcome>> future : futures) {
        while (!isDone(future)) {
          driver.stopIfAsked();
        }
        future.get().ifPresent(outcomes::add);
      }
      boolean stopped = driver.stopIfAsked();
      if (!spark.sc().isStopped()) {
        events.awaitIdle(PATIENCE);
      }
      return new Made(outcomes, stopped);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Made(List.of(), true);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("a run could not be watched", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isDone(Future<?> future) throws InterruptedException, ExecutionException {
    try {
      future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
