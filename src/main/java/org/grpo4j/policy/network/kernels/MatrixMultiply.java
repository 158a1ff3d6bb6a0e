package org.grpo4j.policy.network.kernels;

/**
 * Linear layers with row-major weights {@code W [outputs][inputs]} and biases {@code b} on
 * feature-major activations, forward and backward. Column counts are multiples of {@link
 * ColumnPlan#LANES}.
 *
 * <p>The first three are the products. The others do to a product what always follows it: here over
 * the whole result; where a product is made strip by strip, while a strip is in the cache.
 */
interface MatrixMultiply {

  /** {@code Y = W X}. */
  void product(Weights w, ColumnMatrix x, ColumnMatrix y, int columns);

  /** {@code dX = W^T dY}. */
  void transposedProduct(Weights w, ColumnMatrix byY, ColumnMatrix byX, int columns);

  /**
   * {@code dW += dY X^T}.
   *
   * @param scratch for numbers on the way
   */
  void addOuterProduct(
      Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns, FloatScratch scratch);

  /** {@code Y = W X + b}. */
  default void layer(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
    product(w, x, y, columns);
    ColumnKernels.addBias(w, y, columns);
  }

  /** {@code Y = max(W X + b, 0)}. */
  default void rectifiedLayer(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
    product(w, x, y, columns);
    ColumnKernels.addBiasAndRectify(w, y, columns);
  }

  /** {@code Y = W X + (R + b)}: a layer beside a residual connection. */
  default void residualLayer(
      Weights w, ColumnMatrix x, ColumnMatrix residual, ColumnMatrix y, int columns) {
    product(w, x, y, columns);
    ColumnKernels.addBiasAndResidual(w, residual, y, columns);
  }

  /** {@code dX = W^T dY} where the rectified {@code X} is above 0, else 0. */
  default void rectifiedTransposedProduct(
      Weights w, ColumnMatrix byY, ColumnMatrix x, ColumnMatrix byX, int columns) {
    transposedProduct(w, byY, byX, columns);
    ColumnKernels.rectifyBack(x, byX, w.inputs, columns);
  }

  /**
   * {@code dW += dY X^T} and, for a layer with biases, {@code db += sum over the columns of dY}.
   */
  default void addGradient(
      Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns, FloatScratch scratch) {
    if (byW.hasBias()) {
      ColumnKernels.addRowSums(byW.values, byW.bias, byW.outputs, byY, columns);
    }
    addOuterProduct(byW, byY, x, columns, scratch);
  }
}
