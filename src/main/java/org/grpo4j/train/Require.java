package org.grpo4j.train;

/** Checks of constructor arguments: one message form for all settings of this package. */
final class Require {

  private Require() {}

  /**
   * Throws unless {@code holds}.
   *
   * @throws IllegalArgumentException {@code field: must be rule, got value}
   */
  static void that(boolean holds, String field, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(field + ": must be " + rule + ", got " + value);
    }
  }
}
