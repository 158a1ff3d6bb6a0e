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

  /** Columns whose products wait in the first-level cache until they are summed. */
  private static final int BLOCK = 128;

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
    int products = width * PART_COUNT;
    float[] scratch = norm.scratch().atLeast(products + width * BLOCK);
    Arrays.fill(scratch, 0, products, 0f);
    for (int f = 0; f < width; f++) { // before the error is overwritten
      gradient[norm.bias() + f] += ColumnKernels.sum(error.values, error.row(f), columns);
    }
    for (int from = 0; from < columns; from += BLOCK) {
      int count = Math.min(BLOCK, columns - from);
      for (int c = 0; c < count; c += LANES) {
        backward(parameters, norm, x, error, from + c, scratch, products + c);
      }
      for (int f = 0; f < width; f++) {
        ColumnKernels.addParts(scratch, products + f * BLOCK, count, scratch, f * PART_COUNT);
      }
    }
    for (int f = 0; f < width; f++) {
      gradient[norm.gain() + f] += ColumnKernels.sum(scratch, f * PART_COUNT, PART_COUNT);
    }
  }

  /**
   * One vector of columns.
   *
   * @param scratch receives the products of error and standardised input, a feature {@link #BLOCK}
   *     behind the one before it
   * @param products index of the first of them
   */
  private static void backward(
      float[] parameters,
      Norm norm,
      ColumnMatrix x,
      ColumnMatrix error,
      int column,
      float[] scratch,
      int products) {
    int width = norm.width();
    int from = x.offset + column;
    int at = error.offset + column;
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
      product.intoArray(scratch, products + f * BLOCK);
      sum = sum.add(e.mul(gain));
      projection = projection.add(product.mul(gain));
    }
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
}
