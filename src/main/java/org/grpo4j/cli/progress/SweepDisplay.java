package org.grpo4j.cli.progress;

import java.util.OptionalDouble;
import java.util.Timer;
import java.util.TimerTask;
import java.util.stream.Collectors;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.experiment.sweep.PlannedRun;
import org.grpo4j.experiment.sweep.RunOutcome;
import org.grpo4j.experiment.sweep.SweepEvent;
import org.grpo4j.experiment.sweep.SweepProgress;
import org.grpo4j.math.Numbers;
import org.jspecify.annotations.Nullable;

/** Shows on standard error how a sweep goes: a line a run, and on a terminal what runs now. */
public final class SweepDisplay implements AutoCloseable {

  private static final String CLEAR_LINE = "\r\u001B[K";
  private static final int MOST_NAMES = 4;
  private static final long STATUS_MILLIS = 1000;

  private final Console console;
  private final boolean quiet;
  private final int jobs;
  private final long start = System.nanoTime();
  private final Timer clock = new Timer("grpo4j-sweep-display", true);
  private @Nullable SweepProgress progress;
  private int missing;

  /** A display of the runs of {@code jobs} processes; only failures are shown if quiet. */
  public SweepDisplay(Console console, boolean quiet, int jobs) {
    this.console = console;
    this.quiet = quiet;
    this.jobs = jobs;
    if (console.terminal() && !quiet) {
      clock.schedule(
          new TimerTask() {
            @Override
            public void run() {
              showStatus();
            }
          },
          STATUS_MILLIS,
          STATUS_MILLIS);
    }
  }

  /** Shows an event; failures are shown also to those who want quiet. */
  public synchronized void show(SweepEvent event) {
    if (event instanceof SweepEvent.Planned planned) {
      progress = new SweepProgress(planned.missing(), jobs);
      missing = planned.missing().size();
      String together = jobs > 1 ? ", " + jobs + " at a time" : "";
      note(
          "%s to make%s; %s reused"
              .formatted(Numbers.count(missing, "run"), together, planned.reused()));
      return;
    }
    if (progress == null) {
      return;
    }
    progress.on(event, seconds());
    if (event instanceof RunOutcome outcome) {
      showEnd(progress, outcome);
    }
  }

  private void showEnd(SweepProgress known, RunOutcome outcome) {
    String head = "[" + known.done() + "/" + missing + "] " + name(outcome.run()) + ": ";
    if (outcome.exitCode() == ExitCode.INTERRUPTED) {
      note(head + "interrupted");
    } else if (outcome.succeeded()) {
      note(head + Figures.seconds(outcome.seconds()) + eta(known));
    } else {
      clear();
      console.note(head + "failed with exit code " + outcome.exitCode() + ", log " + outcome.log());
    }
  }

  private synchronized void showStatus() {
    if (progress == null || progress.running().isEmpty()) {
      return;
    }
    String running =
        progress.running().stream()
            .limit(MOST_NAMES)
            .map(SweepDisplay::name)
            .collect(Collectors.joining(", "));
    String after = Figures.seconds(Math.rint(seconds())) + eta(progress);
    String status = "%s/%s after %s; now %s".formatted(progress.done(), missing, after, running);
    console.err().print(CLEAR_LINE + status);
    console.err().flush();
  }

  private String eta(SweepProgress known) {
    OptionalDouble rest = known.remainingSeconds(seconds());
    return known.done() == missing || rest.isEmpty()
        ? ""
        : ", ETA " + Figures.seconds(Math.rint(rest.getAsDouble()));
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private static String name(PlannedRun run) {
    return run.experiment() + " seed " + run.seed();
  }

  private void note(String line) {
    if (!quiet) {
      clear();
      console.note(line);
    }
  }

  private void clear() {
    if (console.terminal() && !quiet) {
      console.err().print(CLEAR_LINE);
    }
  }

  @Override
  public synchronized void close() {
    clock.cancel();
    clear();
  }
}
