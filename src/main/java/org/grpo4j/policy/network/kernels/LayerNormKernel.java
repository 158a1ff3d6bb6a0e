package org.grpo4j.policy.network.kernels;

import java.util.Arrays;
import org.grpo4j.policy.network.engine.TransformerShape;

/**
 * Layer normalisation (Eq. 20) of feature-major columns: the same as {@link
 * org.grpo4j.policy.network.dl4j.LayerNormOperation}. Holds mean and inverse deviation of each
 * column for the way back.
 */
final class LayerNormKernel {

  private final FloatScratch means = new FloatScratch();
  private final FloatScratch inverseDeviations = new FloatScratch();
  private final FloatScratch sums = new FloatScratch();
  private final FloatScratch projections = new FloatScratch();
  private final FloatScratch standardized = new FloatScratch();

  /** {@code y = gain * (x - mean) / sqrt(variance + 1e-5) + bias}. */
  void forward(
      float[] parameters, int gain, int bias, int width, ColumnMatrix x, ColumnMatrix y, int n) {
    float[] mean = means.atLeast(n);
    float[] inverse = inverseDeviations.atLeast(n);
    Arrays.fill(mean, 0, n, 0f);
    Arrays.fill(inverse, 0, n, 0f);
    for (int f = 0; f < width; f++) {
      int at = x.row(f);
      for (int c = 0; c < n; c++) {
        mean[c] += x.values[at + c];
      }
    }
    for (int c = 0; c < n; c++) {
      mean[c] /= width;
    }
    for (int f = 0; f < width; f++) {
      int at = x.row(f);
      for (int c = 0; c < n; c++) {
        float centered = x.values[at + c] - mean[c];
        inverse[c] += centered * centered;
      }
    }
    for (int c = 0; c < n; c++) {
      inverse[c] = (float) (1 / Math.sqrt(inverse[c] / width + TransformerShape.NORM_EPSILON));
    }
    for (int f = 0; f < width; f++) {
      float g = parameters[gain + f];
      float b = parameters[bias + f];
      int from = x.row(f);
      int to = y.row(f);
      for (int c = 0; c < n; c++) {
        y.values[to + c] = (x.values[from + c] - mean[c]) * inverse[c] * g + b;
      }
    }
  }

  /**
   * Overwrites {@code error = dL/dy} with {@code dL/dx} and adds the gradients of gain and bias.
   *
   * @param x the input of {@link #forward}
   */
  void backward(
      float[] parameters,
      float[] gradient,
      int gain,
      int bias,
      int width,
      ColumnMatrix x,
      ColumnMatrix error,
      int n) {
    float[] mean = means.get();
    float[] inverse = inverseDeviations.get();
    float[] sum = sums.atLeast(n);
    float[] projection = projections.atLeast(n);
    float[] xHat = standardized.atLeast(n);
    float[] product = xHat;
    Arrays.fill(sum, 0, n, 0f);
    Arrays.fill(projection, 0, n, 0f);
    for (int f = 0; f < width; f++) {
      float g = parameters[gain + f];
      int from = x.row(f);
      int at = error.row(f);
      gradient[bias + f] += ColumnKernels.sum(error.values, at, n);
      for (int c = 0; c < n; c++) {
        product[c] = (x.values[from + c] - mean[c]) * inverse[c] * error.values[at + c];
      }
      gradient[gain + f] += ColumnKernels.sum(product, 0, n);
      for (int c = 0; c < n; c++) {
        sum[c] += g * error.values[at + c];
      }
      for (int c = 0; c < n; c++) {
        projection[c] += g * product[c];
      }
    }
    float share = 1f / width;
    for (int f = 0; f < width; f++) {
      float g = parameters[gain + f];
      int from = x.row(f);
      int at = error.row(f);
      for (int c = 0; c < n; c++) {
        xHat[c] = (x.values[from + c] - mean[c]) * inverse[c];
      }
      for (int c = 0; c < n; c++) {
        error.values[at + c] =
            inverse[c]
                * (g * error.values[at + c] - share * sum[c] - xHat[c] * share * projection[c]);
      }
    }
  }
}
