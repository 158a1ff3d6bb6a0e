package org.grpo4j.experiment.files;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** {@code log.txt}: the story of a run with times, one line each. */
public final class RunLog implements AutoCloseable {

  private final LineFile lines;

  /** Opens the log to add to it. */
  public RunLog(RunDirectory run, Ledger ledger) {
    lines = ledger.lines(run.log());
  }

  /** Adds a line with the time of day. */
  public void line(String text) {
    lines.write(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text.replaceAll("\\R", " "));
  }

  @Override
  public void close() {
    lines.close();
  }
}
