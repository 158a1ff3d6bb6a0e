package org.grpo4j.experiment.files;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not as the run has written it: which, where, and what to do. */
public final class DamagedFileException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient FileCheck check;

  /**
   * The exception.
   *
   * @param file the file
   * @param check what became of it
   * @param remedy what to do, a sentence
   */
  DamagedFileException(Path file, FileCheck check, String remedy) {
    super(file + ": " + check.damage() + "\n  " + remedy);
    this.check = check;
  }

  /** The state of the file. */
  public FileCheck check() {
    return check;
  }
}
