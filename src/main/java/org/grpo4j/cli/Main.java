package org.grpo4j.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.sweep.ParentPipe;

/** Starts the program and ends it with its exit code. */
public final class Main {

  /** Less than two seconds, of which the virtual machine needs some to end. */
  private static final long MOST_MILLIS_TO_STOP = 1_300;

  private Main() {}

  /**
   * Runs one command.
   *
   * @param arguments the command line, see {@code --help}
   */
  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    Standing standing = new Standing();
    AtomicBoolean stopRequested = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopRequested.set(true);
                  awaitEnd(console, standing, ended);
                },
                "grpo4j-interrupt"));
    if (System.getenv(ParentPipe.ENVIRONMENT) != null) {
      ParentPipe.watch(System.in, ExitCode.INTERRUPTED);
    }
    int exitCode;
    try {
      exitCode = new Program(console, stopRequested::get, standing).run(arguments);
    } finally {
      ended.countDown(); // after an error, too: nobody waits for a program that is gone
    }
    System.exit(exitCode);
  }

  /**
   * Runs one command within this process, which goes on afterwards.
   *
   * @param said takes all that it prints
   * @param stopRequested whether it is to end
   * @return the exit code
   */
  public static int run(PrintStream said, BooleanSupplier stopRequested, List<String> arguments) {
    Console console = new Console(said, said, false, false, false);
    return new Program(console, stopRequested, new Standing())
        .run(arguments.toArray(String[]::new));
  }

  /**
   * On Ctrl-C the virtual machine shuts down while the program still runs: it is asked for an
   * orderly end, with a checkpoint and a page. If that takes too long the program ends where it is.
   */
  private static void awaitEnd(Console console, Standing standing, CountDownLatch ended) {
    try {
      if (!ended.await(MOST_MILLIS_TO_STOP, TimeUnit.MILLISECONDS)) {
        console.error("stopped at once, in the middle of the work\n  " + standing.goOn());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
