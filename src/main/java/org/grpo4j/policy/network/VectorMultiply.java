package org.grpo4j.policy.network;

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
    float[] lanes = new float[8 * LANES];
    int o = 0;
    for (; o + 4 <= byW.outputs; o += 4) {
      int i = 0;
      for (; i + 2 <= byW.inputs; i += 2) {
        int at = byW.offset + o * byW.inputs + i;
        dots4x2(byY, o, x, i, columns, byW.values, at, byW.inputs, lanes);
      }
      for (; i < byW.inputs; i++) {
        for (int k = o; k < o + 4; k++) {
          byW.values[byW.offset + k * byW.inputs + i] += dot(byY, k, x, i, columns, lanes);
        }
      }
    }
    for (; o < byW.outputs; o++) {
      for (int i = 0; i < byW.inputs; i++) {
        byW.values[byW.offset + o * byW.inputs + i] += dot(byY, o, x, i, columns, lanes);
      }
    }
  }

  /** The dot products of four rows of {@code y} with two rows of {@code x}. */
  private static void dots4x2(
      ColumnMatrix y,
      int o,
      ColumnMatrix x,
      int i,
      int columns,
      float[] into,
      int at,
      int rowStep,
      float[] lanes) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    float[] yValues = y.values;
    float[] xValues = x.values;
    int yAt = y.row(o);
    int xAt = x.row(i);
    for (int c = 0; c < columns; c += LANES) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, xValues, xAt + c);
      FloatVector x1 = FloatVector.fromArray(SPECIES, xValues, xAt + x.stride + c);
      FloatVector error = FloatVector.fromArray(SPECIES, yValues, yAt + c);
      a0 = error.fma(x0, a0);
      a1 = error.fma(x1, a1);
      error = FloatVector.fromArray(SPECIES, yValues, yAt + y.stride + c);
      b0 = error.fma(x0, b0);
      b1 = error.fma(x1, b1);
      error = FloatVector.fromArray(SPECIES, yValues, yAt + 2 * y.stride + c);
      c0 = error.fma(x0, c0);
      c1 = error.fma(x1, c1);
      error = FloatVector.fromArray(SPECIES, yValues, yAt + 3 * y.stride + c);
      d0 = error.fma(x0, d0);
      d1 = error.fma(x1, d1);
    }
    store(a0, a1, lanes, 0);
    store(b0, b1, lanes, 2 * LANES);
    store(c0, c1, lanes, 4 * LANES);
    store(d0, d1, lanes, 6 * LANES);
    for (int k = 0; k < 4; k++) {
      into[at + k * rowStep] += sum(lanes, 2 * k * LANES);
      into[at + k * rowStep + 1] += sum(lanes, (2 * k + 1) * LANES);
    }
  }

  private static float dot(
      ColumnMatrix y, int o, ColumnMatrix x, int i, int columns, float[] lanes) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int c = 0; c < columns; c += LANES) {
      FloatVector error = FloatVector.fromArray(SPECIES, y.values, y.row(o) + c);
      sum = error.fma(FloatVector.fromArray(SPECIES, x.values, x.row(i) + c), sum);
    }
    sum.intoArray(lanes, 0);
    return sum(lanes, 0);
  }

  /** The sum of one vector's lanes, in a tree: the API's own reduction adds them one by one. */
  private static float sum(float[] lanes, int at) {
    return ColumnKernels.sum(lanes, at, LANES);
  }
}
