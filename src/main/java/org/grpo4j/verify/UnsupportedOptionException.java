package org.grpo4j.verify;

/** A case asks for something that this library does not have; it is reported as unsupported. */
final class UnsupportedOptionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsupportedOptionException(String message) {
    super(message);
  }
}
