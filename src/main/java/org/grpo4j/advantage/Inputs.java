package org.grpo4j.advantage;

import java.util.Optional;

/** Inputs that not every estimator needs. */
final class Inputs {

  private Inputs() {}

  static <T> T require(String field, Optional<T> given, String by) {
    if (given.isEmpty()) {
      throw new IllegalArgumentException(field + ": needed by " + by + ", not given");
    }
    return given.get();
  }
}
