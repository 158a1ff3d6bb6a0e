package org.grpo4j.policy.network.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code dW += dY X^T} with the Vector API: dot products along the columns, eight at a time, one
 * partial sum per lane until the end.
 */
final class VectorOuterProduct {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  private VectorOuterProduct() {}

  /** Adds to {@code byW}. */
  static void add(Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns) {
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

  private static void store(FloatVector first, FloatVector second, float[] y, int at) {
    first.intoArray(y, at);
    second.intoArray(y, at + LANES);
  }
}
