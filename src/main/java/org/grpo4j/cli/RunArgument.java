package org.grpo4j.cli;

import java.nio.file.Path;
import org.grpo4j.experiment.files.RunDirectory;

/** A run directory given on the command line. */
final class RunArgument {

  private RunArgument() {}

  /** Opens it; a mistake is one of usage. */
  static RunDirectory open(Path path) {
    try {
      return RunDirectory.open(path);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
