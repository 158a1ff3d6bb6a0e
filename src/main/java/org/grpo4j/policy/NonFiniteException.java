package org.grpo4j.policy;

import java.util.function.Supplier;

/**
 * A number that is not finite has come up. Thrown before parameters take it, so the last checkpoint
 * and everything written so far are good.
 */
public final class NonFiniteException extends ArithmeticException {

  private static final long serialVersionUID = 1L;

  private final transient NonFinite nonFinite;

  /** The exception whose message is the sentence of {@code nonFinite}. */
  public NonFiniteException(NonFinite nonFinite) {
    super(nonFinite.toString());
    this.nonFinite = nonFinite;
  }

  /** The number, where it came up, and who brought it. */
  public NonFinite nonFinite() {
    return nonFinite;
  }

  /** The result of {@code work}, which is this part of a run: its exceptions say so. */
  public static <T> T during(NonFinite.Where part, Supplier<T> work) {
    try {
      return work.get();
    } catch (NonFiniteException e) {
      NonFiniteException named = new NonFiniteException(e.nonFinite.in(part));
      named.setStackTrace(e.getStackTrace());
      throw named;
    }
  }
}
