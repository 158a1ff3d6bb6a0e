package org.grpo4j.policy.network;

/** The forward pass of one micro-batch, kept for the way back. Used by one thread at a time. */
interface MicroPass {

  /** Writes the logits that completion token {@code token} of row {@code row} is drawn from. */
  void logits(int row, int token, double[] into);

  /** Adds to {@code dL/dlogits} of that token. */
  void addLogitError(int row, int token, double[] error);

  /** Computes the parameter gradient for the logit errors added since the last call. */
  void computeGradient();

  /** Adds what {@link #computeGradient} computed: called in the order of the micro-batches. */
  void addGradientTo(GradientSum sum);

  /** Gives the buffers back. */
  void release();
}
