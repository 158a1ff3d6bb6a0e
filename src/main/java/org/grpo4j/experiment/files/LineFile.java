package org.grpo4j.experiment.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A text file that grows by whole lines. Each is written at once, so that a run can be followed and
 * a killed run has everything up to its last line.
 */
public final class LineFile implements AutoCloseable {

  /** Locks bind bytes; this one is not needed otherwise. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final FileOutputStream out;

  /** The file, made if it is not there; lines are added to what it holds. */
  public LineFile(Path file) {
    try {
      out = new FileOutputStream(file.toFile(), true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Adds a line. */
  public void write(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the lock that one process can have, until the file is closed; false if it is taken. */
  boolean lock() {
    try {
      return out.getChannel().tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process has it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
