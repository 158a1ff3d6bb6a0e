package org.grpo4j.experiment.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** {@code log.txt}: what happened when, one line each. */
final class RunLog implements AutoCloseable {

  private final BufferedWriter writer;

  RunLog(RunDirectory run) {
    try {
      writer = Files.newBufferedWriter(run.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void line(String text) {
    try {
      writer.write(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text);
      writer.newLine();
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
