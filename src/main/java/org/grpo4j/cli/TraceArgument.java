package org.grpo4j.cli;

import java.io.IOException;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.trace.TraceReader;

/** The trace of a run that was named on the command line. */
final class TraceArgument {

  private TraceArgument() {}

  /**
   * Opens it.
   *
   * @throws UsageException if there is none or it is damaged
   */
  static TraceReader open(RunDirectory run) {
    try {
      return TraceReader.open(run.path());
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
