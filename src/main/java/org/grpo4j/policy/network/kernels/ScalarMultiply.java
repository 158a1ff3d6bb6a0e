package org.grpo4j.policy.network.kernels;

/**
 * The products in plain loops: each product and each sum is rounded once, in an order that nothing
 * changes, so that they have the same bits everywhere. The inner loop runs along neighbouring
 * floats, which the JIT compiler of a JVM turns into vectors by itself.
 */
final class ScalarMultiply implements MatrixMultiply {

  /** Columns that are turned over at a time. */
  private static final int BLOCK = 64;

  @Override
  public void product(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
    ColumnKernels.clear(y, w.outputs, columns);
    for (int o = 0; o < w.outputs; o++) {
      addProducts(w.values, w.offset + o * w.inputs, 1, w.inputs, x, y.values, y.row(o), columns);
    }
  }

  @Override
  public void transposedProduct(Weights w, ColumnMatrix byY, ColumnMatrix byX, int columns) {
    ColumnKernels.clear(byX, w.inputs, columns);
    for (int i = 0; i < w.inputs; i++) {
      addProducts(
          w.values, w.offset + i, w.inputs, w.outputs, byY, byX.values, byX.row(i), columns);
    }
  }

  /** Turns {@code X} over, so that here too the inner loop adds to neighbouring floats. */
  @Override
  public void addOuterProduct(Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns) {
    ColumnMatrix turned = new ColumnMatrix(new float[BLOCK * byW.inputs], 0, byW.inputs);
    for (int from = 0; from < columns; from += BLOCK) {
      int count = Math.min(BLOCK, columns - from);
      for (int i = 0; i < byW.inputs; i++) {
        for (int c = 0; c < count; c++) {
          turned.values[c * byW.inputs + i] = x.values[x.row(i) + from + c];
        }
      }
      for (int o = 0; o < byW.outputs; o++) {
        int to = byW.offset + o * byW.inputs;
        addProducts(
            byY.values, byY.row(o) + from, 1, count, turned, byW.values, to, byW.inputs);
      }
    }
  }

  /** {@code y[c] += sum_s factor_s x[s][c]} with {@code factor_s = factors[at + s * step]}. */
  private static void addProducts(
      float[] factors, int at, int step, int terms, ColumnMatrix x, float[] y, int to, int count) {
    int s = 0;
    for (; s + 4 <= terms; s += 4) {
      int f = at + s * step;
      float a = factors[f];
      float b = factors[f + step];
      float c = factors[f + 2 * step];
      float d = factors[f + 3 * step];
      addFour(a, b, c, d, x.values, x.row(s), x.stride, y, to, count);
    }
    for (; s < terms; s++) {
      addOne(factors[at + s * step], x.values, x.row(s), y, to, count);
    }
  }

  private static void addFour(
      float a,
      float b,
      float c,
      float d,
      float[] x,
      int from,
      int stride,
      float[] y,
      int to,
      int count) {
    int second = from + stride;
    int third = second + stride;
    int fourth = third + stride;
    for (int i = 0; i < count; i++) {
      y[to + i] += (a * x[from + i] + b * x[second + i]) + (c * x[third + i] + d * x[fourth + i]);
    }
  }

  private static void addOne(float a, float[] x, int from, float[] y, int to, int count) {
    for (int i = 0; i < count; i++) {
      y[to + i] += a * x[from + i];
    }
  }
}
