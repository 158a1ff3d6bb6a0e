package org.grpo4j.policy.network.engine;

import org.nd4j.linalg.api.buffer.DataType;

/** The precision with which a network is computed. */
public enum Precision {
  /** Hand-written kernels over {@code float[]}: for training. */
  FAST_FLOAT,
  /** Readable ND4J operations in single precision. */
  REFERENCE_FLOAT,
  /** Readable ND4J operations in double precision: for the debugger and gradient checks. */
  REFERENCE_DOUBLE;

  /** True if the hand-written kernels do the work. */
  public boolean usesKernels() {
    return this == FAST_FLOAT;
  }

  /** The data type of the parameters in ND4J. */
  public DataType dataType() {
    return this == REFERENCE_DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
  }
}
