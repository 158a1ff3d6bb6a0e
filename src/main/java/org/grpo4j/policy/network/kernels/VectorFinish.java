package org.grpo4j.policy.network.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The steps after a product in {@link MatrixMultiply}, done to each strip of its columns while that
 * is in the first-level cache: the same sums, in the same order, as the loops of {@link
 * ColumnKernels}.
 */
final class VectorFinish {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  private enum Kind {
    NOTHING,
    BIAS,
    BIAS_AND_RECTIFY,
    BIAS_AND_RESIDUAL,
    RECTIFY_BACK
  }

  private final Kind kind;
  private final Weights w;

  /** The residual connection, or the rectified activations. */
  private final ColumnMatrix other;

  private VectorFinish(Kind kind, Weights w, ColumnMatrix other) {
    this.kind = kind;
    this.w = w;
    this.other = other;
  }

  static VectorFinish nothing(Weights w, ColumnMatrix y) {
    return new VectorFinish(Kind.NOTHING, w, y);
  }

  static VectorFinish bias(Weights w, ColumnMatrix y) {
    return new VectorFinish(Kind.BIAS, w, y);
  }

  static VectorFinish biasAndRectify(Weights w, ColumnMatrix y) {
    return new VectorFinish(Kind.BIAS_AND_RECTIFY, w, y);
  }

  static VectorFinish biasAndResidual(Weights w, ColumnMatrix residual) {
    return new VectorFinish(Kind.BIAS_AND_RESIDUAL, w, residual);
  }

  static VectorFinish rectifyBack(Weights w, ColumnMatrix rectified) {
    return new VectorFinish(Kind.RECTIFY_BACK, w, rectified);
  }

  /** Does it to {@code count} columns from {@code column} on. */
  void strip(ColumnMatrix y, int column, int count) {
    switch (kind) {
      case NOTHING -> {}
      case BIAS -> addBias(w, y, column, count);
      case BIAS_AND_RECTIFY -> addBiasAndRectify(w, y, column, count);
      case BIAS_AND_RESIDUAL -> addBiasAndResidual(w, other, y, column, count);
      case RECTIFY_BACK -> rectifyBack(w.inputs, other, y, column, count);
    }
  }

  private static void addBias(Weights w, ColumnMatrix y, int column, int count) {
    for (int f = 0; f < w.outputs; f++) {
      FloatVector b = FloatVector.broadcast(SPECIES, w.bias(f));
      int at = y.row(f) + column;
      for (int c = at; c < at + count; c += LANES) {
        FloatVector.fromArray(SPECIES, y.values, c).add(b).intoArray(y.values, c);
      }
    }
  }

  private static void addBiasAndRectify(Weights w, ColumnMatrix y, int column, int count) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int f = 0; f < w.outputs; f++) {
      FloatVector b = FloatVector.broadcast(SPECIES, w.bias(f));
      int at = y.row(f) + column;
      for (int c = at; c < at + count; c += LANES) {
        FloatVector.fromArray(SPECIES, y.values, c).add(b).max(zero).intoArray(y.values, c);
      }
    }
  }

  private static void addBiasAndResidual(
      Weights w, ColumnMatrix residual, ColumnMatrix y, int column, int count) {
    for (int f = 0; f < w.outputs; f++) {
      FloatVector b = FloatVector.broadcast(SPECIES, w.bias(f));
      int at = y.row(f) + column;
      int from = residual.row(f) + column;
      for (int c = 0; c < count; c += LANES) {
        FloatVector x = FloatVector.fromArray(SPECIES, residual.values, from + c);
        FloatVector product = FloatVector.fromArray(SPECIES, y.values, at + c);
        product.add(x.add(b)).intoArray(y.values, at + c);
      }
    }
  }

  private static void rectifyBack(
      int features, ColumnMatrix rectified, ColumnMatrix error, int column, int count) {
    for (int f = 0; f < features; f++) {
      int at = error.row(f) + column;
      int from = rectified.row(f) + column;
      for (int c = 0; c < count; c += LANES) {
        FloatVector x = FloatVector.fromArray(SPECIES, rectified.values, from + c);
        FloatVector isOn = x.mul(Float.MAX_VALUE).min(1f); // 0 or 1, as in ColumnKernels
        FloatVector.fromArray(SPECIES, error.values, at + c)
            .mul(isOn)
            .intoArray(error.values, at + c);
      }
    }
  }
}
