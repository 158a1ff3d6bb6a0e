package org.grpo4j.policy.network.engine;

/** The forward pass of one micro-batch, kept for the way back. Used by one thread at a time. */
public interface MicroPass {

  /**
   * Writes the first {@code into.length} outputs of the head where completion token {@code token}
   * of row {@code row} is drawn: the logits first, a value after them.
   */
  void logits(int row, int token, double[] into);

  /** Adds to the error of the first {@code error.length} outputs there. */
  void addLogitError(int row, int token, double[] error);

  /** Computes the parameter gradient for the errors added since the last call. */
  void computeGradient();

  /** Adds what {@link #computeGradient} computed: called in the order of the micro-batches. */
  void addGradientTo(GradientSum sum);

  /** Gives the buffers back. */
  void release();
}
