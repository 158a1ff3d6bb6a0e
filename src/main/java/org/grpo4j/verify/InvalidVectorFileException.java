package org.grpo4j.verify;

/** A file of golden vectors cannot be read, or a case in it is malformed. */
public final class InvalidVectorFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidVectorFileException(String message) {
    super(message);
  }

  InvalidVectorFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
