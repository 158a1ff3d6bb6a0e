package org.grpo4j.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.sweep.ProcessSweep;
import org.jspecify.annotations.Nullable;

/** Starts the program and ends it with its exit code. */
public final class Main {

  /** Longer than any update or evaluation of sensible size. */
  private static final long MOST_SECONDS_TO_STOP = 120;

  private Main() {}

  /**
   * Runs one command.
   *
   * @param arguments the command line, see {@code --help}
   */
  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    AtomicBoolean stopRequested = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> stopAndWait(console, stopRequested, ended), "grpo4j-interrupt"));
    endWith(System.getenv(ProcessSweep.PARENT));
    int exitCode;
    try {
      exitCode = new Program(console, stopRequested::get).run(arguments);
    } finally {
      ended.countDown(); // after an error, too: nobody waits for a program that is gone
    }
    System.exit(exitCode);
  }

  /** A run of a sweep ends, with a checkpoint, when the process that started it has died. */
  private static void endWith(@Nullable String parent) {
    if (parent != null && parent.matches("\\d{1,18}")) {
      var unused =
          ProcessHandle.of(Long.parseLong(parent))
              .map(ProcessHandle::onExit)
              .orElseGet(() -> CompletableFuture.completedFuture(null))
              .thenRun(() -> System.exit(ExitCode.INTERRUPTED));
    }
  }

  /**
   * On Ctrl-C the virtual machine shuts down while the program still runs: it is asked to finish
   * its update and to write a checkpoint, and the shutdown waits for that.
   */
  private static void stopAndWait(
      Console console, AtomicBoolean stopRequested, CountDownLatch ended) {
    if (ended.getCount() == 0) {
      return; // the normal end
    }
    stopRequested.set(true);
    try {
      if (!ended.await(MOST_SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        console.error("could not stop within " + MOST_SECONDS_TO_STOP + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
