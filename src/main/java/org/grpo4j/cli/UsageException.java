package org.grpo4j.cli;

import java.io.Serial;

/** Something on the command line cannot be used; the message says what and what to do. */
final class UsageException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
