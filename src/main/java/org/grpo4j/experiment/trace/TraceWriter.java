package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a trace: the header at once, then a line an update, flushed at once. */
public final class TraceWriter implements AutoCloseable {

  private final BufferedWriter lines;

  private TraceWriter(BufferedWriter lines) {
    this.lines = lines;
  }

  /**
   * Begins a trace, or goes on with the one that is there under a new header.
   *
   * @param directory made if it is not there
   */
  public static TraceWriter open(Path directory, TraceHeader header) {
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve(TraceReader.HEADER);
      Files.writeString(
          file,
          TraceJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(header) + "\n");
      return new TraceWriter(
          Files.newBufferedWriter(
              directory.resolve(TraceReader.UPDATES),
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one line. */
  public void write(TracedUpdate update) {
    try {
      lines.write(TraceJson.MAPPER.writeValueAsString(update));
      lines.write('\n');
      lines.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
