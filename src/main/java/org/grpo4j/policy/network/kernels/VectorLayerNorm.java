package org.grpo4j.policy.network.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.grpo4j.policy.network.engine.TransformerShape;

/**
 * {@link LayerNorm} of as many columns at a time as a vector has lanes: what is known of them stays
 * in registers while the features go by, and the features in the first-level cache. Every sum is
 * made in the order of {@link ScalarLayerNorm}.
 */
final class VectorLayerNorm implements LayerNorm {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  /** The parts in which {@link ColumnKernels#sum} sums along the columns. */
  private static final int PART_COUNT = 8;

  @Override
  public void forward(float[] parameters, Norm norm, ColumnMatrix x, ColumnMatrix y, int columns) {
    float[] means = norm.means().atLeast(columns);
    float[] inverses = norm.inverseDeviations().atLeast(columns);
    for (int c = 0; c < columns; c += LANES) {
      forward(parameters, norm, x, x.offset + c, y, y.offset + c, means, inverses, c);
    }
  }

  private static void forward(
      float[] parameters,
      Norm norm,
      ColumnMatrix x,
      int from,
      ColumnMatrix y,
      int to,
      float[] means,
      float[] inverses,
      int column) {
    int width = norm.width();
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int f = 0; f < width; f++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x.values, from + f * x.stride));
    }
    FloatVector mean = sum.div(width);
    FloatVector squares = FloatVector.zero(SPECIES);
    for (int f = 0; f < width; f++) {
      FloatVector centered =
          FloatVector.fromArray(SPECIES, x.values, from + f * x.stride).sub(mean);
      squares = squares.add(centered.mul(centered));
    }
    mean.intoArray(means, column);
    squares.intoArray(inverses, column);
    for (int c = column; c < column + LANES; c++) {
      inverses[c] = (float) (1 / Math.sqrt(inverses[c] / width + TransformerShape.NORM_EPSILON));
    }
    FloatVector inverse = FloatVector.fromArray(SPECIES, inverses, column);
    for (int f = 0; f < width; f++) {
      FloatVector.fromArray(SPECIES, x.values, from + f * x.stride)
          .sub(mean)
          .mul(inverse)
          .mul(parameters[norm.gain() + f])
          .add(parameters[norm.bias() + f])
          .intoArray(y.values, to + f * y.stride);
    }
  }

  @Override
  public void backward(
      float[] parameters,
      float[] gradient,
      Norm norm,
      ColumnMatrix x,
      ColumnMatrix error,
      int columns) {
    int width = norm.width();
    float[] scratch = norm.scratch().atLeast(width * (2 * PART_COUNT + LANES));
    Arrays.fill(scratch, 0, 2 * width * PART_COUNT, 0f);
    for (int c = 0; c < columns; c += LANES) {
      backward(parameters, norm, x, error, c, scratch);
    }
    for (int f = 0; f < width; f++) {
      int parts = 2 * f * PART_COUNT;
      gradient[norm.gain() + f] += ColumnKernels.sum(scratch, parts, PART_COUNT);
      gradient[norm.bias() + f] += ColumnKernels.sum(scratch, parts + PART_COUNT, PART_COUNT);
    }
  }

  /**
   * One vector of columns.
   *
   * @param scratch the parts of the sums for gain and bias of each feature, then the products of
   *     error and standardised input
   */
  private static void backward(
      float[] parameters,
      Norm norm,
      ColumnMatrix x,
      ColumnMatrix error,
      int column,
      float[] scratch) {
    int width = norm.width();
    int from = x.offset + column;
    int at = error.offset + column;
    int products = 2 * width * PART_COUNT;
    FloatVector mean = FloatVector.fromArray(SPECIES, norm.means().get(), column);
    FloatVector inverse = FloatVector.fromArray(SPECIES, norm.inverseDeviations().get(), column);
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector projection = FloatVector.zero(SPECIES);
    for (int f = 0; f < width; f++) {
      float gain = parameters[norm.gain() + f];
      FloatVector e = FloatVector.fromArray(SPECIES, error.values, at + f * error.stride);
      FloatVector xHat =
          FloatVector.fromArray(SPECIES, x.values, from + f * x.stride).sub(mean).mul(inverse);
      FloatVector product = xHat.mul(e);
      product.intoArray(scratch, products + f * LANES);
      sum = sum.add(e.mul(gain));
      projection = projection.add(product.mul(gain));
    }
    addParts(scratch, products, LANES, scratch, 0, width);
    addParts(error.values, at, error.stride, scratch, PART_COUNT, width);
    FloatVector share = FloatVector.broadcast(SPECIES, 1f / width);
    FloatVector ofSum = share.mul(sum);
    for (int f = 0; f < width; f++) {
      FloatVector e = FloatVector.fromArray(SPECIES, error.values, at + f * error.stride);
      FloatVector xHat =
          FloatVector.fromArray(SPECIES, x.values, from + f * x.stride).sub(mean).mul(inverse);
      e.mul(parameters[norm.gain() + f])
          .sub(ofSum)
          .sub(xHat.mul(share).mul(projection))
          .mul(inverse)
          .intoArray(error.values, at + f * error.stride);
    }
  }

  /**
   * Adds a vector of each feature to the eight parts of that feature's sum: plain Java, since
   * vectors of two widths in one place are slow.
   */
  private static void addParts(
      float[] values, int at, int step, float[] parts, int first, int features) {
    for (int f = 0; f < features; f++) {
      int part = first + 2 * f * PART_COUNT;
      int from = at + f * step;
      for (int i = 0; i < LANES; i += PART_COUNT) {
        for (int k = 0; k < PART_COUNT; k++) {
          parts[part + k] += values[from + i + k];
        }
      }
    }
  }
}
