package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Writes a trace: the header at once, then a line an update, flushed at once. */
public final class TraceWriter implements AutoCloseable {

  private final OutputStream lines;

  private TraceWriter(OutputStream lines) {
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
          Files.newOutputStream(
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
      byte[] json = TraceJson.MAPPER.writeValueAsBytes(update);
      byte[] line = Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      lines.write(line); // at once: somebody may be reading
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
