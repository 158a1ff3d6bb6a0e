package org.grpo4j.policy.network;

import org.bytedeco.openblas.global.openblas;

/**
 * The set of kernels in use.
 *
 * @param multiply matrix products
 * @param attention attention
 */
record Kernels(MatrixMultiply multiply, Attention attention) {

  private static final Kernels PLAIN = plainOnOneThread();

  private static Kernels plainOnOneThread() {
    // Work is spread over sequences; threads inside a product would change its bits and cost time.
    openblas.blas_set_num_threads(1);
    return new Kernels(new BlasMultiply(), new ScalarAttention());
  }

  /** OpenBLAS and plain loops: runs everywhere. */
  static Kernels plain() {
    return PLAIN;
  }

  /** The fastest set this JVM can run. */
  static Kernels fastest() {
    return PLAIN;
  }
}
