package org.grpo4j.experiment.sweep;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.RunArchive;
import org.grpo4j.math.Require;

/**
 * Makes runs in processes of their own, a few at a time, in the order given. A run that fails is
 * reported and the others go on. One that was begun and interrupted is finished in its directory;
 * one that begins with others waits for them.
 *
 * <p>Each process reads its own copy of the complete configuration, written beside its log: editing
 * an experiment file while the sweep goes on changes nothing.
 */
public final class ProcessSweep {

  private static final double NANOS_PER_SECOND = 1e9;

  private static final long POLL_MILLIS = 200;

  /** A run ends within two seconds of being asked to. */
  private static final long PATIENCE_SECONDS = 10;

  private final JavaCommand command;
  private final Path runs;
  private final int jobs;
  private final BooleanSupplier stopRequested;
  private final Consumer<? super SweepEvent> listener;
  private final Set<Process> alive = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /**
   * @param command starts this program
   * @param runs directory the runs are made in
   * @param jobs how many processes at a time, at least 1
   * @param stopRequested asked a few times a second; when true, {@link #stop} is called
   * @param listener told of starts and ends, one event at a time
   */
  public ProcessSweep(
      JavaCommand command,
      Path runs,
      int jobs,
      BooleanSupplier stopRequested,
      Consumer<? super SweepEvent> listener) {
    Require.that(jobs >= 1, "jobs", "at least 1", jobs);
    this.command = command;
    this.runs = runs;
    this.jobs = jobs;
    this.stopRequested = stopRequested;
    this.listener = listener;
  }

  /** The engine that makes runs this way. */
  public static SweepEngine engine(JavaCommand command, int jobs) {
    return (planned, runs, stopRequested, listener) -> {
      ProcessSweep sweep = new ProcessSweep(command, runs, jobs, stopRequested, listener);
      return new SweepEngine.Made(sweep.run(planned), sweep.isStopped());
    };
  }

  /**
   * Makes these runs and returns when all have ended.
   *
   * @return how they ended, in the order given; after {@link #stop} without those never started
   */
  public List<RunOutcome> run(List<PlannedRun> planned) {
    if (planned.isEmpty()) {
      return List.of();
    }
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    RunArchive archive = RunArchive.of(runs);
    try {
      List<Future<Optional<RunOutcome>>> futures = new ArrayList<>();
      InputsFirst order = new InputsFirst(threads);
      for (PlannedRun run : planned) {
        Optional<Path> begun = archive.interrupted(run.configHash(), run.seed());
        futures.add(order.submit(run, () -> make(run, begun)));
      }
      List<RunOutcome> outcomes = new ArrayList<>();
      for (Future<Optional<RunOutcome>> future : futures) {
        future.get().ifPresent(outcomes::add);
      }
      return outcomes;
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException e) {
      stop();
      throw new IllegalStateException("a run could not be started or watched", e);
    } finally {
      threads.shutdown();
    }
  }

  /**
   * Starts no further process and ends those that are running; each gets the time to write a
   * checkpoint. Safe to call from any thread.
   */
  public void stop() {
    stopped = true;
    alive.forEach(Process::destroy);
    for (Process process : alive) {
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopped() {
    return stopped;
  }

  /**
   * Makes a run.
   *
   * @param begun where it was begun and interrupted
   */
  private Optional<RunOutcome> make(PlannedRun run, Optional<Path> begun)
      throws InterruptedException {
    Path directory = runs.resolve(".sweep");
    Path log = directory.resolve(run.fileName() + ".log");
    Path config = directory.resolve(run.fileName() + ".yaml");
    long start = System.nanoTime();
    Process process;
    synchronized (this) {
      if (stopped || stopRequested.getAsBoolean()) {
        stopped = true;
        return Optional.empty();
      }
      process = start(run, begun, config, log);
      alive.add(process);
      listener.accept(new SweepEvent.Started(run));
    }
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      if (stopRequested.getAsBoolean() && !stopped) {
        stop();
      }
    }
    int exitCode = process.exitValue();
    alive.remove(process);
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    RunOutcome outcome = new RunOutcome(run, exitCode, log, seconds);
    synchronized (this) {
      listener.accept(outcome);
    }
    return Optional.of(outcome);
  }

  private Process start(PlannedRun run, Optional<Path> begun, Path config, Path log) {
    List<String> arguments =
        begun
            .map(directory -> List.of("train", "--resume", directory.toString(), "--quiet"))
            .orElseGet(() -> PlannedRun.arguments(config, runs, run.isTraced()));
    try {
      Files.createDirectories(runs.resolve(".sweep"));
      AtomicFiles.write(config, ConfigWriter.write(run.config()));
      ProcessBuilder builder =
          new ProcessBuilder(command.with(arguments))
              .redirectErrorStream(true)
              .redirectOutput(new File(log.toString()));
      builder.environment().put(ParentPipe.ENVIRONMENT, "sweep");
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + run.fileName(), e);
    }
  }
}
