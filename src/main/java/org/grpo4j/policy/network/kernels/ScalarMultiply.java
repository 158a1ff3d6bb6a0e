package org.grpo4j.policy.network.kernels;

import java.util.Arrays;

/**
 * The products in plain loops: each product and each sum is rounded once, in an order that nothing
 * changes, so that they have the same bits everywhere.
 *
 * <p>A block of columns is copied into arrays of its own first. Where all arrays of a loop have the
 * same index, the JIT compiler of a JVM turns it into vectors, which makes it three times as fast;
 * it cannot know that two parts of one array, or of two that may be one, do not overlap.
 */
final class ScalarMultiply implements MatrixMultiply {

  /** Columns of a block. */
  private static final int BLOCK = 128;

  @Override
  public void product(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
    multiply(w, w.inputs, w.outputs, 1, w.inputs, x, y, columns);
  }

  @Override
  public void transposedProduct(Weights w, ColumnMatrix byY, ColumnMatrix byX, int columns) {
    multiply(w, 1, w.inputs, w.inputs, w.outputs, byY, byX, columns);
  }

  /** {@code y[r] = sum_s w_rs x[s]} with {@code w_rs = w[r * rowStep + s * termStep]}. */
  private static void multiply(
      Weights w,
      int rowStep,
      int rows,
      int termStep,
      int terms,
      ColumnMatrix x,
      ColumnMatrix y,
      int columns) {
    int size = Math.min(BLOCK, columns);
    float[][] block = new float[terms][size];
    float[] sum = new float[size];
    for (int from = 0; from < columns; from += BLOCK) {
      int count = Math.min(BLOCK, columns - from);
      for (int s = 0; s < terms; s++) {
        System.arraycopy(x.values, x.row(s) + from, block[s], 0, count);
      }
      for (int r = 0; r < rows; r++) {
        Arrays.fill(sum, 0f);
        addProducts(w.values, w.offset + r * rowStep, termStep, block, terms, sum, count);
        System.arraycopy(sum, 0, y.values, y.row(r) + from, count);
      }
    }
  }

  /** Here the columns are what is summed over, so a block of {@code X} is turned over. */
  @Override
  public void addOuterProduct(
      Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns, FloatScratch scratch) {
    int inputs = byW.inputs;
    float[][] block = new float[Math.min(BLOCK, columns)][inputs];
    float[] sum = new float[inputs];
    for (int from = 0; from < columns; from += BLOCK) {
      int count = Math.min(BLOCK, columns - from);
      for (int i = 0; i < inputs; i++) {
        for (int c = 0; c < count; c++) {
          block[c][i] = x.values[x.row(i) + from + c];
        }
      }
      for (int o = 0; o < byW.outputs; o++) {
        int at = byW.offset + o * inputs;
        System.arraycopy(byW.values, at, sum, 0, inputs);
        addProducts(byY.values, byY.row(o) + from, 1, block, count, sum, inputs);
        System.arraycopy(sum, 0, byW.values, at, inputs);
      }
    }
  }

  /** {@code sum[i] += sum_s factor_s x[s][i]} with {@code factor_s = factors[at + s * step]}. */
  private static void addProducts(
      float[] factors, int at, int step, float[][] x, int terms, float[] sum, int count) {
    int s = 0;
    for (; s + 4 <= terms; s += 4) {
      int f = at + s * step;
      float a = factors[f];
      float b = factors[f + step];
      float c = factors[f + 2 * step];
      float d = factors[f + 3 * step];
      addFour(a, x[s], b, x[s + 1], c, x[s + 2], d, x[s + 3], sum, count);
    }
    for (; s < terms; s++) {
      addOne(factors[at + s * step], x[s], sum, count);
    }
  }

  private static void addFour(
      float a,
      float[] x,
      float b,
      float[] y,
      float c,
      float[] z,
      float d,
      float[] u,
      float[] sum,
      int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += (a * x[i] + b * y[i]) + (c * z[i] + d * u[i]);
    }
  }

  private static void addOne(float a, float[] x, float[] sum, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += a * x[i];
    }
  }
}
