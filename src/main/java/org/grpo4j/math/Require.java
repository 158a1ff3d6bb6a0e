package org.grpo4j.math;

/** Checks of constructor arguments: one form of message for all. */
public final class Require {

  private Require() {}

  /**
   * Throws unless {@code holds}.
   *
   * @throws IllegalArgumentException {@code field: must be rule, got value}
   */
  public static void that(boolean holds, String field, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(field + ": must be " + rule + ", got " + value);
    }
  }
}
