package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.math.Require;

/** Inputs that not every estimator needs. */
final class Inputs {

  private Inputs() {}

  static <T> T require(String field, Optional<T> given, String by) {
    Require.that(!given.isEmpty(), field + ": needed by " + by + ", not given");
    return given.get();
  }
}
