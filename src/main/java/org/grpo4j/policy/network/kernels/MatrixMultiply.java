package org.grpo4j.policy.network.kernels;

/**
 * The three products of a linear layer with a row-major weight matrix {@code W [outputs][inputs]}
 * and feature-major activations. Column counts are multiples of {@link ColumnPlan#LANES}.
 */
interface MatrixMultiply {

  /** {@code Y = W X}. */
  void product(Weights w, ColumnMatrix x, ColumnMatrix y, int columns);

  /** {@code dX = W^T dY}. */
  void transposedProduct(Weights w, ColumnMatrix byY, ColumnMatrix byX, int columns);

  /** {@code dW += dY X^T}. */
  void addOuterProduct(Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns);
}
