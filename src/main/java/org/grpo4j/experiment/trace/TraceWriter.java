package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grpo4j.experiment.files.LineFile;

/** The writer of a trace: the header at once, then a line an update. */
public final class TraceWriter implements AutoCloseable {

  private final LineFile lines;

  private TraceWriter(LineFile lines) {
    this.lines = lines;
  }

  /**
   * Begins a trace, or continues the one that is there under a new header.
   *
   * @param directory made if it is not there
   */
  public static TraceWriter open(Path directory, TraceHeader header) {
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve(TraceReader.HEADER),
          TraceJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(header) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TraceWriter(new LineFile(directory.resolve(TraceReader.UPDATES)));
  }

  /** Writes one line. */
  public void write(TracedUpdate update) {
    try {
      lines.write(TraceJson.MAPPER.writeValueAsString(update));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON", e);
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
