package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.files.Ledger;
import org.grpo4j.experiment.files.LineFile;
import org.grpo4j.experiment.files.RunDirectory;

/** The writer of a trace: the header at once, then a line an update. */
public final class TraceWriter implements AutoCloseable {

  private final LineFile lines;

  private TraceWriter(LineFile lines) {
    this.lines = lines;
  }

  /** Begins the trace of a run, or continues the one that is there under a new header. */
  public static TraceWriter open(RunDirectory run, Ledger ledger, TraceHeader header) {
    AtomicFiles.act(
        "cannot write " + run.traceHeader(),
        () -> {
          AtomicFiles.createDirectory(run.trace());
          ObjectWriter pretty = TraceJson.MAPPER.writerWithDefaultPrettyPrinter();
          ledger.write(run.traceHeader(), pretty.writeValueAsString(header) + "\n");
        });
    return new TraceWriter(ledger.lines(run.traceLines()));
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
