package org.grpo4j.train;

/**
 * Training has left the finite numbers. Thrown before the parameters take the value, so the last
 * checkpoint and everything written so far are good.
 */
public final class NonFiniteTrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param where the phase and its step, such as {@code update 17}
   * @param quantity what is not finite
   * @param value its value
   */
  NonFiniteTrainingException(String where, String quantity, double value) {
    super(
        where
            + ": "
            + quantity
            + " is "
            + value
            + "; a smaller learning rate, a smaller max_gradient_norm or a narrower clip range may"
            + " help");
  }

  /** Throws unless {@code value}, computed in update {@code update}, is finite. */
  static void check(int update, String quantity, double value) {
    if (!Double.isFinite(value)) {
      throw new NonFiniteTrainingException("update " + update, quantity, value);
    }
  }
}
