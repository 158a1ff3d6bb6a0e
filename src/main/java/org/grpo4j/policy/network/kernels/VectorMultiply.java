package org.grpo4j.policy.network.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products with the Vector API: at these sizes (a weight matrix fits the first-level cache)
 * more than twice as fast as a BLAS, which first copies its operands. Each tile keeps its sums in
 * registers while it runs through the inputs once.
 */
final class VectorMultiply implements MatrixMultiply {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  /** 16 sums need the 32 registers that come with 512-bit vectors. */
  private static final boolean TWO_VECTORS_WIDE = LANES == 16;

  @Override
  public void product(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
    multiply(w.values, w.offset, w.inputs, 1, w.outputs, w.inputs, x, y, columns);
  }

  @Override
  public void transposedProduct(Weights w, ColumnMatrix byY, ColumnMatrix byX, int columns) {
    multiply(w.values, w.offset, 1, w.inputs, w.inputs, w.outputs, byY, byX, columns);
  }

  /**
   * {@code y[r] = sum_s w[offset + r * rowStep + s * sumStep] x[s]}, rows {@code r}, terms {@code
   * s}.
   */
  private static void multiply(
      float[] w,
      int offset,
      int rowStep,
      int sumStep,
      int rows,
      int terms,
      ColumnMatrix x,
      ColumnMatrix y,
      int columns) {
    int c = 0;
    if (TWO_VECTORS_WIDE) {
      for (; c + 2 * LANES <= columns; c += 2 * LANES) {
        int r = 0;
        for (; r + 8 <= rows; r += 8) {
          tile8x2(
              w,
              offset + r * rowStep,
              rowStep,
              sumStep,
              terms,
              x.values,
              x.row(0) + c,
              x.stride,
              y.values,
              y.row(r) + c,
              y.stride);
        }
        for (; r < rows; r++) {
          int at = offset + r * rowStep;
          tile1(w, at, sumStep, terms, x.values, x.row(0) + c, x.stride, y.values, y.row(r) + c);
          tile1(
              w,
              at,
              sumStep,
              terms,
              x.values,
              x.row(0) + c + LANES,
              x.stride,
              y.values,
              y.row(r) + c + LANES);
        }
      }
    }
    for (; c < columns; c += LANES) {
      int r = 0;
      for (; r + 8 <= rows; r += 8) {
        tile8(
            w,
            offset + r * rowStep,
            rowStep,
            sumStep,
            terms,
            x.values,
            x.row(0) + c,
            x.stride,
            y.values,
            y.row(r) + c,
            y.stride);
      }
      for (; r < rows; r++) {
        int at = offset + r * rowStep;
        tile1(w, at, sumStep, terms, x.values, x.row(0) + c, x.stride, y.values, y.row(r) + c);
      }
    }
  }

  /** Eight rows, two vectors of columns. */
  private static void tile8x2(
      float[] w,
      int at,
      int rowStep,
      int sumStep,
      int terms,
      float[] x,
      int xAt,
      int xStride,
      float[] y,
      int yAt,
      int yStride) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    FloatVector e0 = a0;
    FloatVector e1 = a0;
    FloatVector f0 = a0;
    FloatVector f1 = a0;
    FloatVector g0 = a0;
    FloatVector g1 = a0;
    FloatVector h0 = a0;
    FloatVector h1 = a0;
    for (int s = 0; s < terms; s++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, xAt + s * xStride);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, xAt + s * xStride + LANES);
      int i = at + s * sumStep;
      FloatVector weight = FloatVector.broadcast(SPECIES, w[i]);
      a0 = weight.fma(x0, a0);
      a1 = weight.fma(x1, a1);
      weight = FloatVector.broadcast(SPECIES, w[i + rowStep]);
      b0 = weight.fma(x0, b0);
      b1 = weight.fma(x1, b1);
      weight = FloatVector.broadcast(SPECIES, w[i + 2 * rowStep]);
      c0 = weight.fma(x0, c0);
      c1 = weight.fma(x1, c1);
      weight = FloatVector.broadcast(SPECIES, w[i + 3 * rowStep]);
      d0 = weight.fma(x0, d0);
      d1 = weight.fma(x1, d1);
      weight = FloatVector.broadcast(SPECIES, w[i + 4 * rowStep]);
      e0 = weight.fma(x0, e0);
      e1 = weight.fma(x1, e1);
      weight = FloatVector.broadcast(SPECIES, w[i + 5 * rowStep]);
      f0 = weight.fma(x0, f0);
      f1 = weight.fma(x1, f1);
      weight = FloatVector.broadcast(SPECIES, w[i + 6 * rowStep]);
      g0 = weight.fma(x0, g0);
      g1 = weight.fma(x1, g1);
      weight = FloatVector.broadcast(SPECIES, w[i + 7 * rowStep]);
      h0 = weight.fma(x0, h0);
      h1 = weight.fma(x1, h1);
    }
    store(a0, a1, y, yAt);
    store(b0, b1, y, yAt + yStride);
    store(c0, c1, y, yAt + 2 * yStride);
    store(d0, d1, y, yAt + 3 * yStride);
    store(e0, e1, y, yAt + 4 * yStride);
    store(f0, f1, y, yAt + 5 * yStride);
    store(g0, g1, y, yAt + 6 * yStride);
    store(h0, h1, y, yAt + 7 * yStride);
  }

  private static void store(FloatVector first, FloatVector second, float[] y, int at) {
    first.intoArray(y, at);
    second.intoArray(y, at + LANES);
  }

  /** Eight rows, one vector of columns. */
  private static void tile8(
      float[] w,
      int at,
      int rowStep,
      int sumStep,
      int terms,
      float[] x,
      int xAt,
      int xStride,
      float[] y,
      int yAt,
      int yStride) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    for (int s = 0; s < terms; s++) {
      FloatVector column = FloatVector.fromArray(SPECIES, x, xAt + s * xStride);
      int i = at + s * sumStep;
      a = FloatVector.broadcast(SPECIES, w[i]).fma(column, a);
      b = FloatVector.broadcast(SPECIES, w[i + rowStep]).fma(column, b);
      c = FloatVector.broadcast(SPECIES, w[i + 2 * rowStep]).fma(column, c);
      d = FloatVector.broadcast(SPECIES, w[i + 3 * rowStep]).fma(column, d);
      e = FloatVector.broadcast(SPECIES, w[i + 4 * rowStep]).fma(column, e);
      f = FloatVector.broadcast(SPECIES, w[i + 5 * rowStep]).fma(column, f);
      g = FloatVector.broadcast(SPECIES, w[i + 6 * rowStep]).fma(column, g);
      h = FloatVector.broadcast(SPECIES, w[i + 7 * rowStep]).fma(column, h);
    }
    a.intoArray(y, yAt);
    b.intoArray(y, yAt + yStride);
    c.intoArray(y, yAt + 2 * yStride);
    d.intoArray(y, yAt + 3 * yStride);
    e.intoArray(y, yAt + 4 * yStride);
    f.intoArray(y, yAt + 5 * yStride);
    g.intoArray(y, yAt + 6 * yStride);
    h.intoArray(y, yAt + 7 * yStride);
  }

  /** One row, one vector of columns. */
  private static void tile1(
      float[] w,
      int at,
      int sumStep,
      int terms,
      float[] x,
      int xAt,
      int xStride,
      float[] y,
      int yAt) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int s = 0; s < terms; s++) {
      FloatVector column = FloatVector.fromArray(SPECIES, x, xAt + s * xStride);
      sum = FloatVector.broadcast(SPECIES, w[at + s * sumStep]).fma(column, sum);
    }
    sum.intoArray(y, yAt);
  }

  @Override
  public void addOuterProduct(Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns) {
    VectorOuterProduct.add(byW, byY, x, columns);
  }
}
