package org.grpo4j.experiment.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The first error that the files of a run have met. Nothing is written after it, so that half a
 * line is never followed by another; whoever tries is told what it was.
 */
final class FirstFailure {

  private @Nullable UncheckedIOException first;
  private boolean interrupted;

  /**
   * Does {@code action}, unless something has failed before.
   *
   * @param what the sentence for an error of it
   */
  synchronized void guard(String what, Ledger.Action action) {
    if (first != null) {
      throw new UncheckedIOException(String.valueOf(first.getMessage()), first.getCause());
    }
    if (interrupted) {
      throw new IllegalStateException(what + ": what came before was not finished");
    }
    interrupted = true;
    try {
      action.run();
    } catch (IOException e) {
      first = new UncheckedIOException(what, e);
      throw new UncheckedIOException(what, e);
    } catch (UncheckedIOException e) {
      first = e;
      throw new UncheckedIOException(String.valueOf(e.getMessage()), e.getCause());
    }
    interrupted = false;
  }
}
