package org.grpo4j.policy.network.engine;

import org.grpo4j.policy.ExpAndLog;

/** The precision with which a network is computed. */
public enum Precision {
  /** Hand-written kernels over {@code float[]}: for training. */
  FAST_FLOAT,
  /**
   * The kernels in plain Java: the same bits on every machine and in the page of the playground.
   */
  PLAIN_FLOAT,
  /** Readable ND4J operations in single precision. */
  REFERENCE_FLOAT,
  /** Readable ND4J operations in double precision: for the debugger and gradient checks. */
  REFERENCE_DOUBLE;

  /** True if the hand-written kernels do the work. */
  public boolean usesKernels() {
    return this == FAST_FLOAT || this == PLAIN_FLOAT;
  }

  /** The functions that compute its distributions. */
  public ExpAndLog functions() {
    return this == PLAIN_FLOAT ? ExpAndLog.PORTABLE : ExpAndLog.OF_THE_MACHINE;
  }

  /** These parameters as this precision can hold them, in an array of their own. */
  public double[] round(double[] parameters) {
    double[] rounded = parameters.clone();
    for (int i = 0; i < rounded.length && this != REFERENCE_DOUBLE; i++) {
      rounded[i] = (float) rounded[i];
    }
    return rounded;
  }
}
