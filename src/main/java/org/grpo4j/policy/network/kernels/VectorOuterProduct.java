package org.grpo4j.policy.network.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code dW += dY X^T} with the Vector API, column by column: each adds one product to every sum.
 * Sums lie side by side in registers, so none is ever taken across the lanes of a vector, and
 * vectors of any width give the same bits. For that the factor with fewer rows is turned over, a
 * block of columns at a time:
 *
 * <pre>
 *            A [rows][columns]                 B turned [columns][rows of B]
 *  row r    | a(r,c) a(r,c+1) ·|      column c    | b(0,c) b(1,c) b(2,c) ·|
 *  row r+1  | ·                |      column c+1  | b(0,c+1) ·            |
 *
 *  sums(r, 0 .. ) += a(r,c) * (column c of B, turned), for c = 0, 1, 2 ...
 * </pre>
 */
final class VectorOuterProduct {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  /** Columns of a block, which fits the first-level cache at 48 rows. */
  private static final int BLOCK = 128;

  private final ColumnMatrix a;
  private final ColumnMatrix b;
  private final int rowsOfA;
  private final int rowsOfB;

  /** {@link #rowsOfB} and room for whole vectors. */
  private final int width;

  /** A block of B, turned, and from {@link #sums} on the sums so far. */
  private final float[] scratch;

  private final int sums;

  private VectorOuterProduct(
      ColumnMatrix a, int rowsOfA, ColumnMatrix b, int rowsOfB, FloatScratch scratch) {
    this.a = a;
    this.b = b;
    this.rowsOfA = rowsOfA;
    this.rowsOfB = rowsOfB;
    this.width = (rowsOfB + LANES - 1) / LANES * LANES;
    this.sums = BLOCK * width;
    this.scratch = scratch.atLeast(sums + rowsOfA * width);
  }

  /** Adds to {@code byW}. */
  static void add(
      Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns, FloatScratch scratch) {
    if (byW.inputs <= byW.outputs) {
      new VectorOuterProduct(byY, byW.outputs, x, byW.inputs, scratch)
          .add(columns, byW, byW.inputs, 1);
    } else {
      new VectorOuterProduct(x, byW.inputs, byY, byW.outputs, scratch)
          .add(columns, byW, 1, byW.inputs);
    }
  }

  private void add(int columns, Weights into, int rowStep, int step) {
    Arrays.fill(scratch, sums, sums + rowsOfA * width, 0f);
    for (int from = 0; from < columns; from += BLOCK) {
      int count = Math.min(BLOCK, columns - from);
      turn(from, count);
      int r = 0;
      for (; r + 4 <= rowsOfA; r += 4) {
        int v = 0;
        for (; v + 3 * LANES <= width; v += 3 * LANES) {
          tile4x3(r, v, from, count);
        }
        for (; v < width; v += LANES) {
          tile4x1(r, v, from, count);
        }
      }
      for (; r < rowsOfA; r++) {
        for (int v = 0; v < width; v += LANES) {
          tile1(r, v, from, count);
        }
      }
    }
    for (int r = 0; r < rowsOfA; r++) {
      int at = into.offset + r * rowStep;
      for (int i = 0; i < rowsOfB; i++) {
        into.values[at + i * step] += scratch[sums + r * width + i];
      }
    }
  }

  private void turn(int from, int count) {
    int i = 0;
    for (; i + 4 <= rowsOfB; i += 4) {
      turnFour(b.values, b.row(i) + from, b.stride, count, scratch, i, width);
    }
    for (; i < rowsOfB; i++) {
      for (int c = 0; c < count; c++) {
        scratch[i + c * width] = b.values[b.row(i) + from + c];
      }
    }
  }

  private static void turnFour(
      float[] from, int at, int stride, int count, float[] to, int first, int step) {
    for (int c = 0; c < count; c++) {
      int i = first + c * step;
      to[i] = from[at + c];
      to[i + 1] = from[at + stride + c];
      to[i + 2] = from[at + 2 * stride + c];
      to[i + 3] = from[at + 3 * stride + c];
    }
  }

  /** Four rows of A, three vectors of rows of B. */
  private void tile4x3(int r, int v, int from, int count) {
    float[] x = a.values;
    int a0 = a.row(r) + from;
    int a1 = a0 + a.stride;
    int a2 = a1 + a.stride;
    int a3 = a2 + a.stride;
    float[] y = scratch;
    int s0 = sums + r * width + v;
    int s1 = s0 + width;
    int s2 = s1 + width;
    int s3 = s2 + width;
    FloatVector s00 = FloatVector.fromArray(SPECIES, y, s0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, y, s0 + LANES);
    FloatVector s02 = FloatVector.fromArray(SPECIES, y, s0 + 2 * LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, y, s1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, y, s1 + LANES);
    FloatVector s12 = FloatVector.fromArray(SPECIES, y, s1 + 2 * LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, y, s2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, y, s2 + LANES);
    FloatVector s22 = FloatVector.fromArray(SPECIES, y, s2 + 2 * LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, y, s3);
    FloatVector s31 = FloatVector.fromArray(SPECIES, y, s3 + LANES);
    FloatVector s32 = FloatVector.fromArray(SPECIES, y, s3 + 2 * LANES);
    for (int c = 0; c < count; c++) {
      int at = c * width + v;
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, at);
      FloatVector b1 = FloatVector.fromArray(SPECIES, y, at + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, y, at + 2 * LANES);
      FloatVector factor = FloatVector.broadcast(SPECIES, x[a0 + c]);
      s00 = factor.fma(b0, s00);
      s01 = factor.fma(b1, s01);
      s02 = factor.fma(b2, s02);
      factor = FloatVector.broadcast(SPECIES, x[a1 + c]);
      s10 = factor.fma(b0, s10);
      s11 = factor.fma(b1, s11);
      s12 = factor.fma(b2, s12);
      factor = FloatVector.broadcast(SPECIES, x[a2 + c]);
      s20 = factor.fma(b0, s20);
      s21 = factor.fma(b1, s21);
      s22 = factor.fma(b2, s22);
      factor = FloatVector.broadcast(SPECIES, x[a3 + c]);
      s30 = factor.fma(b0, s30);
      s31 = factor.fma(b1, s31);
      s32 = factor.fma(b2, s32);
    }
    store3(s00, s01, s02, y, s0);
    store3(s10, s11, s12, y, s1);
    store3(s20, s21, s22, y, s2);
    store3(s30, s31, s32, y, s3);
  }

  private static void store3(FloatVector a, FloatVector b, FloatVector c, float[] y, int at) {
    a.intoArray(y, at);
    b.intoArray(y, at + LANES);
    c.intoArray(y, at + 2 * LANES);
  }

  /** Four rows of A, one vector of rows of B. */
  private void tile4x1(int r, int v, int from, int count) {
    float[] x = a.values;
    int a0 = a.row(r) + from;
    int a1 = a0 + a.stride;
    int a2 = a1 + a.stride;
    int a3 = a2 + a.stride;
    float[] y = scratch;
    int at = sums + r * width + v;
    FloatVector s0 = FloatVector.fromArray(SPECIES, y, at);
    FloatVector s1 = FloatVector.fromArray(SPECIES, y, at + width);
    FloatVector s2 = FloatVector.fromArray(SPECIES, y, at + 2 * width);
    FloatVector s3 = FloatVector.fromArray(SPECIES, y, at + 3 * width);
    for (int c = 0; c < count; c++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, y, c * width + v);
      s0 = FloatVector.broadcast(SPECIES, x[a0 + c]).fma(b0, s0);
      s1 = FloatVector.broadcast(SPECIES, x[a1 + c]).fma(b0, s1);
      s2 = FloatVector.broadcast(SPECIES, x[a2 + c]).fma(b0, s2);
      s3 = FloatVector.broadcast(SPECIES, x[a3 + c]).fma(b0, s3);
    }
    s0.intoArray(y, at);
    s1.intoArray(y, at + width);
    s2.intoArray(y, at + 2 * width);
    s3.intoArray(y, at + 3 * width);
  }

  /** One row of A, one vector of rows of B. */
  private void tile1(int r, int v, int from, int count) {
    int a0 = a.row(r) + from;
    int at = sums + r * width + v;
    FloatVector sum = FloatVector.fromArray(SPECIES, scratch, at);
    for (int c = 0; c < count; c++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, scratch, c * width + v);
      sum = FloatVector.broadcast(SPECIES, a.values[a0 + c]).fma(b0, sum);
    }
    sum.intoArray(scratch, at);
  }

  /** {@code db += sum over the columns of dY}, in sixteen parts, whatever vectors there are. */
  static void addRowSums(Weights byW, ColumnMatrix byY, int columns, FloatScratch scratch) {
    float[] parts = scratch.atLeast(ColumnPlan.LANES);
    for (int f = 0; f < byW.outputs; f++) {
      for (int part = 0; part < ColumnPlan.LANES; part += LANES) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int end = byY.row(f) + columns;
        for (int c = byY.row(f) + part; c < end; c += ColumnPlan.LANES) {
          sum = sum.add(FloatVector.fromArray(SPECIES, byY.values, c));
        }
        sum.intoArray(parts, part);
      }
      byW.values[byW.bias + f] += ColumnKernels.sum(parts, 0, ColumnPlan.LANES);
    }
  }
}
