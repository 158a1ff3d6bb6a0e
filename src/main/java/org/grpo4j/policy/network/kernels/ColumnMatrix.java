package org.grpo4j.policy.network.kernels;

/**
 * A view of activations in feature-major order: row {@code f} is one feature, column {@code c} one
 * token, element {@code (f, c)} is {@code values[offset + f * stride + c]}. Neighbouring floats are
 * neighbouring tokens, so every kernel runs along them.
 */
final class ColumnMatrix {

  /** Floats of a cache line. */
  private static final int LINE = 16;

  final float[] values;
  final int offset;
  final int stride;

  ColumnMatrix(float[] values, int offset, int stride) {
    this.values = values;
    this.offset = offset;
    this.stride = stride;
  }

  /**
   * A stride with room for {@code columns}: an odd number of cache lines, so that the features of a
   * column are spread over all sets of a cache. With a power of two they would share a few.
   */
  static int stride(int columns) {
    return (columns + LINE - 1) / LINE % 2 == 0 ? columns + LINE : columns;
  }

  /** The same matrix from feature {@code feature} and column {@code column} on. */
  ColumnMatrix from(int feature, int column) {
    return new ColumnMatrix(values, offset + feature * stride + column, stride);
  }

  /** Index of element {@code (feature, 0)}. */
  int row(int feature) {
    return offset + feature * stride;
  }
}
