package org.grpo4j.cli;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import org.grpo4j.experiment.files.AtomicFiles;

/** The mistake of a command line that cannot be used; the message says what and what to do. */
final class UsageException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  /**
   * The value of what reads or checks something that the user gave.
   *
   * @throws UsageException with the message of the input it could not take
   * @throws UncheckedIOException if a file cannot be read
   */
  static <T> T of(AtomicFiles.Reading<T> attempt) {
    try {
      return attempt.read();
    } catch (InvalidPathException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The check that an option is in {@code [least, most]}. */
  static void unlessWithin(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new UsageException(
          "%s: must be from %d to %d, got %d".formatted(option, least, most, value));
    }
  }
}
