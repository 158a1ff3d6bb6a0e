package org.grpo4j.experiment.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * {@code log.txt}: the story of a run with times, one line each. While it is open it is locked, so
 * that no two processes write into one run directory.
 */
public final class RunLog implements AutoCloseable {

  private final LineFile lines;

  /**
   * Opens the log to add to it.
   *
   * @throws UncheckedIOException if the run is being written already
   */
  public RunLog(RunDirectory run) {
    lines = new LineFile(run.log());
    if (!lines.lock()) {
      lines.close();
      throw new UncheckedIOException(
          new IOException(
              run
                  + ": is being written by another process\n"
                  + "  Wait for its end, or stop it first."));
    }
  }

  /** Adds a line with the time of day. */
  public void line(String text) {
    lines.write(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text);
  }

  @Override
  public void close() {
    lines.close();
  }
}
