package org.grpo4j.policy.network.kernels;

import java.util.Arrays;

/**
 * The kernels between the matrix products, in loops along the columns that the JIT compiler
 * vectorises by itself.
 */
final class ColumnKernels {

  private ColumnKernels() {}

  /** {@code y += b}. */
  static void addBias(Weights w, ColumnMatrix y, int columns) {
    for (int f = 0; f < w.outputs; f++) {
      float b = w.bias(f);
      int at = y.row(f);
      for (int c = at; c < at + columns; c++) {
        y.values[c] += b;
      }
    }
  }

  /** {@code y = max(y + b, 0)}. */
  static void addBiasAndRectify(Weights w, ColumnMatrix y, int columns) {
    for (int f = 0; f < w.outputs; f++) {
      float b = w.bias(f);
      int at = y.row(f);
      for (int c = at; c < at + columns; c++) {
        y.values[c] = Math.max(y.values[c] + b, 0f);
      }
    }
  }

  /** {@code y += x + b}: the residual connection. */
  static void addBiasAndResidual(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
    for (int f = 0; f < w.outputs; f++) {
      float b = w.bias(f);
      int from = x.row(f);
      int at = y.row(f);
      for (int c = 0; c < columns; c++) {
        y.values[at + c] += x.values[from + c] + b;
      }
    }
  }

  /** {@code x += y}. */
  static void add(ColumnMatrix x, ColumnMatrix y, int features, int columns) {
    for (int f = 0; f < features; f++) {
      int to = x.row(f);
      int from = y.row(f);
      for (int c = 0; c < columns; c++) {
        x.values[to + c] += y.values[from + c];
      }
    }
  }

  /** Zeroes the columns. */
  static void clear(ColumnMatrix x, int features, int columns) {
    for (int f = 0; f < features; f++) {
      Arrays.fill(x.values, x.row(f), x.row(f) + columns, 0f);
    }
  }

  /** Copies the columns. */
  static void copy(ColumnMatrix from, ColumnMatrix to, int features, int columns) {
    for (int f = 0; f < features; f++) {
      System.arraycopy(from.values, from.row(f), to.values, to.row(f), columns);
    }
  }

  /**
   * {@code error = 0} where the rectified output is 0. Written as a product with 0 or 1, since the
   * compiler does not vectorise a choice.
   */
  static void rectifyBack(ColumnMatrix output, ColumnMatrix error, int features, int columns) {
    for (int f = 0; f < features; f++) {
      int at = output.row(f);
      int to = error.row(f);
      for (int c = 0; c < columns; c++) {
        error.values[to + c] *= Math.min(output.values[at + c] * Float.MAX_VALUE, 1f);
      }
    }
  }

  /** {@code byBias[f] += sum_c error[f][c]}. */
  static void addRowSums(
      float[] gradient, int bias, int features, ColumnMatrix error, int columns) {
    for (int f = 0; f < features; f++) {
      gradient[bias + f] += sum(error.values, error.row(f), columns);
    }
  }

  /** The sum in eight interleaved parts, which keeps eight additions under way at a time. */
  static float sum(float[] x, int at, int count) {
    float[] p = new float[8];
    addParts(x, at, count, p, 0);
    return ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]));
  }

  /**
   * Adds {@code count} numbers to the eight interleaved parts of their sum, which begin at {@code
   * parts[to]}: {@link #sum} in several goes.
   */
  static void addParts(float[] x, int at, int count, float[] parts, int to) {
    float a = parts[to];
    float b = parts[to + 1];
    float c = parts[to + 2];
    float d = parts[to + 3];
    float e = parts[to + 4];
    float f = parts[to + 5];
    float g = parts[to + 6];
    float h = parts[to + 7];
    for (int i = at; i < at + count; i += 8) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
      e += x[i + 4];
      f += x[i + 5];
      g += x[i + 6];
      h += x[i + 7];
    }
    parts[to] = a;
    parts[to + 1] = b;
    parts[to + 2] = c;
    parts[to + 3] = d;
    parts[to + 4] = e;
    parts[to + 5] = f;
    parts[to + 6] = g;
    parts[to + 7] = h;
  }
}
