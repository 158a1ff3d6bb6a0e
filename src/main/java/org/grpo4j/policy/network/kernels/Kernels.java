package org.grpo4j.policy.network.kernels;

/**
 * The set of kernels in use.
 *
 * @param multiply matrix products
 * @param attention attention
 * @param norm layer normalisation
 */
public record Kernels(MatrixMultiply multiply, Attention attention, LayerNorm norm) {

  /** Plain loops: slower, but with the same bits everywhere. */
  public static Kernels plain() {
    return new Kernels(new ScalarMultiply(), new ScalarAttention(), new ScalarLayerNorm());
  }
}
