package org.grpo4j.policy.network.kernels;

import java.util.Arrays;
import org.grpo4j.policy.network.engine.TransformerShape;

/** {@link LayerNorm} in loops along the columns. */
final class ScalarLayerNorm implements LayerNorm {

  @Override
  public void forward(float[] parameters, Norm norm, ColumnMatrix x, ColumnMatrix y, int n) {
    float[] mean = norm.means().atLeast(n);
    float[] inverse = norm.inverseDeviations().atLeast(n);
    int width = norm.width();
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
      float g = parameters[norm.gain() + f];
      float b = parameters[norm.bias() + f];
      int from = x.row(f);
      int to = y.row(f);
      for (int c = 0; c < n; c++) {
        y.values[to + c] = (x.values[from + c] - mean[c]) * inverse[c] * g + b;
      }
    }
  }

  @Override
  public void backward(
      float[] parameters, float[] gradient, Norm norm, ColumnMatrix x, ColumnMatrix error, int n) {
    float[] mean = norm.means().get();
    float[] inverse = norm.inverseDeviations().get();
    int width = norm.width();
    float[] sum = new float[n];
    float[] projection = new float[n];
    float[] xHat = new float[n];
    float[] product = xHat;
    for (int f = 0; f < width; f++) {
      float g = parameters[norm.gain() + f];
      int from = x.row(f);
      int at = error.row(f);
      gradient[norm.bias() + f] += ColumnKernels.sum(error.values, at, n);
      for (int c = 0; c < n; c++) {
        product[c] = (x.values[from + c] - mean[c]) * inverse[c] * error.values[at + c];
      }
      gradient[norm.gain() + f] += ColumnKernels.sum(product, 0, n);
      for (int c = 0; c < n; c++) {
        sum[c] += g * error.values[at + c];
      }
      for (int c = 0; c < n; c++) {
        projection[c] += g * product[c];
      }
    }
    float share = 1f / width;
    for (int f = 0; f < width; f++) {
      float g = parameters[norm.gain() + f];
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
