package org.grpo4j.policy.network.kernels;

import java.util.Arrays;

/** {@link Attention} in plain loops: runs everywhere, and the oracle of the vectorised one. */
final class ScalarAttention implements Attention {

  @Override
  public void forward(
      Extent extent,
      ColumnMatrix queries,
      ColumnMatrix keys,
      ColumnMatrix values,
      float[] weights,
      ColumnMatrix output) {
    int rows = extent.rows();
    float[] sum = new float[rows];
    for (int head = 0; head < extent.heads(); head++) {
      int feature = head * extent.headWidth();
      for (int step = 0; step < extent.steps(); step++) {
        int seen = extent.start() + step + 1;
        int at = extent.weightIndex(head, step);
        for (int j = 0; j < seen; j++) {
          Arrays.fill(weights, at + j * rows, at + (j + 1) * rows, 0f);
          for (int f = feature; f < feature + extent.headWidth(); f++) {
            addProduct(
                queries.values,
                queries.row(f) + step * rows,
                keys.values,
                keys.row(f) + j * rows,
                weights,
                at + j * rows,
                rows);
          }
        }
        softmax(weights, at, seen, rows, extent.scale(), sum);
        for (int f = feature; f < feature + extent.headWidth(); f++) {
          int out = output.row(f) + step * rows;
          Arrays.fill(output.values, out, out + rows, 0f);
          for (int j = 0; j < seen; j++) {
            addProduct(
                weights,
                at + j * rows,
                values.values,
                values.row(f) + j * rows,
                output.values,
                out,
                rows);
          }
        }
      }
    }
  }

  @Override
  public void backward(Extent extent, Operands forward, ColumnMatrix byOutput, Operands gradient) {
    int rows = extent.rows();
    float[] weights = forward.weights().get();
    float[] byScores = gradient.weights().atLeast(extent.positions() * rows);
    float[] sum = new float[rows];
    for (int head = 0; head < extent.heads(); head++) {
      int feature = head * extent.headWidth();
      int all = extent.positions() * rows;
      ColumnKernels.clear(gradient.keys().from(feature, 0), extent.headWidth(), all);
      ColumnKernels.clear(gradient.values().from(feature, 0), extent.headWidth(), all);
      for (int step = 0; step < extent.steps(); step++) {
        int seen = extent.start() + step + 1;
        int at = extent.weightIndex(head, step);
        Arrays.fill(byScores, 0, seen * rows, 0f);
        for (int f = feature; f < feature + extent.headWidth(); f++) {
          int error = byOutput.row(f) + step * rows;
          for (int j = 0; j < seen; j++) {
            int value = forward.values().row(f) + j * rows;
            int byValue = gradient.values().row(f) + j * rows;
            addProduct(
                byOutput.values, error, forward.values().values, value, byScores, j * rows, rows);
            addProduct(
                byOutput.values,
                error,
                weights,
                at + j * rows,
                gradient.values().values,
                byValue,
                rows);
          }
        }
        softmaxBack(weights, at, byScores, seen, rows, extent.scale(), sum);
        for (int f = feature; f < feature + extent.headWidth(); f++) {
          int query = forward.queries().row(f) + step * rows;
          int byQuery = gradient.queries().row(f) + step * rows;
          Arrays.fill(gradient.queries().values, byQuery, byQuery + rows, 0f);
          for (int j = 0; j < seen; j++) {
            int key = forward.keys().row(f) + j * rows;
            int byKey = gradient.keys().row(f) + j * rows;
            addProduct(
                byScores,
                j * rows,
                forward.keys().values,
                key,
                gradient.queries().values,
                byQuery,
                rows);
            addProduct(
                byScores,
                j * rows,
                forward.queries().values,
                query,
                gradient.keys().values,
                byKey,
                rows);
          }
        }
      }
    }
  }

  /** {@code z[r] += x[r] y[r]}. */
  private static void addProduct(
      float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, int rows) {
    for (int r = 0; r < rows; r++) {
      z[zAt + r] += x[xAt + r] * y[yAt + r];
    }
  }

  /** Softmax over the positions, in place, of {@code scale * scores}; for each row. */
  private static void softmax(
      float[] scores, int at, int seen, int rows, float scale, float[] sum) {
    for (int r = 0; r < rows; r++) {
      float highest = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < seen; j++) {
        highest = Math.max(highest, scores[at + j * rows + r]);
      }
      sum[r] = highest;
    }
    for (int j = 0; j < seen; j++) {
      for (int r = 0; r < rows; r++) {
        int i = at + j * rows + r;
        scores[i] = FastExponential.of((scores[i] - sum[r]) * scale);
      }
    }
    Arrays.fill(sum, 0f);
    for (int j = 0; j < seen; j++) {
      for (int r = 0; r < rows; r++) {
        sum[r] += scores[at + j * rows + r];
      }
    }
    for (int j = 0; j < seen; j++) {
      for (int r = 0; r < rows; r++) {
        scores[at + j * rows + r] /= sum[r];
      }
    }
  }

  /** {@code dL/dscore_j = scale * w_j (dL/dw_j - sum_k w_k dL/dw_k)}, in place. */
  private static void softmaxBack(
      float[] weights, int at, float[] byWeights, int seen, int rows, float scale, float[] sum) {
    Arrays.fill(sum, 0f);
    for (int j = 0; j < seen; j++) {
      addProduct(weights, at + j * rows, byWeights, j * rows, sum, 0, rows);
    }
    for (int j = 0; j < seen; j++) {
      for (int r = 0; r < rows; r++) {
        int i = j * rows + r;
        byWeights[i] = (byWeights[i] - sum[r]) * weights[at + i] * scale;
      }
    }
  }
}
