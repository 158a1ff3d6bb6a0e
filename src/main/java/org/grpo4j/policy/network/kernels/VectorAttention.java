package org.grpo4j.policy.network.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Attention} with one row of the batch in each vector lane: every load is contiguous, and
 * scores, softmax and weighted sums need no sum across lanes. The same as {@link ScalarAttention}.
 */
final class VectorAttention implements Attention {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  @Override
  public void forward(
      Extent extent,
      ColumnMatrix queries,
      ColumnMatrix keys,
      ColumnMatrix values,
      float[] weights,
      ColumnMatrix output) {
    int rows = extent.rows();
    int features = extent.headWidth();
    for (int head = 0; head < extent.heads(); head++) {
      int feature = head * features;
      for (int step = 0; step < extent.steps(); step++) {
        int seen = extent.start() + step + 1;
        int at = extent.weightIndex(head, step);
        for (int r = 0; r < rows; r += LANES) {
          dots(
              queries.values,
              queries.row(feature) + step * rows + r,
              queries.stride,
              keys.values,
              keys.row(feature) + r,
              keys.stride,
              rows,
              features,
              weights,
              at + r,
              rows,
              seen);
          VectorSoftmax.apply(weights, at + r, seen, rows, extent.scale());
          weightedSum(
              weights,
              at + r,
              rows,
              seen,
              values.values,
              values.row(feature) + r,
              values.stride,
              features,
              output.values,
              output.row(feature) + step * rows + r,
              output.stride);
        }
      }
    }
  }

  @Override
  public void backward(Extent extent, Operands forward, ColumnMatrix byOutput, Operands gradient) {
    int rows = extent.rows();
    int features = extent.headWidth();
    float[] weights = forward.weights().get();
    float[] byScores = gradient.weights().atLeast(extent.positions() * LANES);
    for (int head = 0; head < extent.heads(); head++) {
      int feature = head * features;
      for (int step = 0; step < extent.steps(); step++) {
        int seen = extent.start() + step + 1;
        int at = extent.weightIndex(head, step);
        for (int r = 0; r < rows; r += LANES) {
          ColumnMatrix values = forward.values();
          dots(
              byOutput.values,
              byOutput.row(feature) + step * rows + r,
              byOutput.stride,
              values.values,
              values.row(feature) + r,
              values.stride,
              rows,
              features,
              byScores,
              0,
              LANES,
              seen);
          VectorSoftmax.back(weights, at + r, rows, byScores, seen, extent.scale());
          for (int f = feature; f < feature + features; f++) {
            addBack(
                weights,
                at + r,
                byScores,
                seen,
                rows,
                byOutput.values,
                byOutput.row(f) + step * rows + r,
                forward.queries().values,
                forward.queries().row(f) + step * rows + r,
                forward.keys().values,
                forward.keys().row(f) + r,
                gradient.queries().values,
                gradient.queries().row(f) + step * rows + r,
                gradient.keys().values,
                gradient.keys().row(f) + r,
                gradient.values().values,
                gradient.values().row(f) + r);
          }
        }
      }
    }
  }

  /** {@code out[j] = sum_f q[f] k[f][j]}, four positions {@code j} at a time. */
  private static void dots(
      float[] q,
      int qAt,
      int qStride,
      float[] k,
      int kAt,
      int kStride,
      int kStep,
      int features,
      float[] out,
      int outAt,
      int outStep,
      int seen) {
    int j = 0;
    for (; j + 4 <= seen; j += 4) {
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      int at = kAt + j * kStep;
      for (int f = 0; f < features; f++) {
        FloatVector query = FloatVector.fromArray(SPECIES, q, qAt + f * qStride);
        int key = at + f * kStride;
        a = query.fma(FloatVector.fromArray(SPECIES, k, key), a);
        b = query.fma(FloatVector.fromArray(SPECIES, k, key + kStep), b);
        c = query.fma(FloatVector.fromArray(SPECIES, k, key + 2 * kStep), c);
        d = query.fma(FloatVector.fromArray(SPECIES, k, key + 3 * kStep), d);
      }
      a.intoArray(out, outAt + j * outStep);
      b.intoArray(out, outAt + (j + 1) * outStep);
      c.intoArray(out, outAt + (j + 2) * outStep);
      d.intoArray(out, outAt + (j + 3) * outStep);
    }
    for (; j < seen; j++) {
      FloatVector a = FloatVector.zero(SPECIES);
      for (int f = 0; f < features; f++) {
        FloatVector query = FloatVector.fromArray(SPECIES, q, qAt + f * qStride);
        a = query.fma(FloatVector.fromArray(SPECIES, k, kAt + j * kStep + f * kStride), a);
      }
      a.intoArray(out, outAt + j * outStep);
    }
  }

  /** {@code out[f] = sum_j w[j] v[f][j]}. */
  private static void weightedSum(
      float[] w,
      int wAt,
      int step,
      int seen,
      float[] v,
      int vAt,
      int vStride,
      int features,
      float[] out,
      int outAt,
      int outStride) {
    int f = 0;
    for (; f + 4 <= features; f += 4) {
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      int at = vAt + f * vStride;
      for (int j = 0; j < seen; j++) {
        FloatVector weight = FloatVector.fromArray(SPECIES, w, wAt + j * step);
        int value = at + j * step;
        a = weight.fma(FloatVector.fromArray(SPECIES, v, value), a);
        b = weight.fma(FloatVector.fromArray(SPECIES, v, value + vStride), b);
        c = weight.fma(FloatVector.fromArray(SPECIES, v, value + 2 * vStride), c);
        d = weight.fma(FloatVector.fromArray(SPECIES, v, value + 3 * vStride), d);
      }
      a.intoArray(out, outAt + f * outStride);
      b.intoArray(out, outAt + (f + 1) * outStride);
      c.intoArray(out, outAt + (f + 2) * outStride);
      d.intoArray(out, outAt + (f + 3) * outStride);
    }
    for (; f < features; f++) {
      FloatVector a = FloatVector.zero(SPECIES);
      for (int j = 0; j < seen; j++) {
        FloatVector weight = FloatVector.fromArray(SPECIES, w, wAt + j * step);
        a = weight.fma(FloatVector.fromArray(SPECIES, v, vAt + f * vStride + j * step), a);
      }
      a.intoArray(out, outAt + f * outStride);
    }
  }

  /** One feature: {@code byQ = sum_j s_j k_j}, {@code byK_j += s_j q}, {@code byV_j += w_j e}. */
  private static void addBack(
      float[] w,
      int wAt,
      float[] byScores,
      int seen,
      int step,
      float[] error,
      int errorAt,
      float[] q,
      int qAt,
      float[] k,
      int kAt,
      float[] byQ,
      int byQAt,
      float[] byK,
      int byKAt,
      float[] byV,
      int byVAt) {
    FloatVector e = FloatVector.fromArray(SPECIES, error, errorAt);
    FloatVector query = FloatVector.fromArray(SPECIES, q, qAt);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int j = 0; j < seen; j++) {
      FloatVector weight = FloatVector.fromArray(SPECIES, w, wAt + j * step);
      FloatVector score = FloatVector.fromArray(SPECIES, byScores, j * LANES);
      sum = score.fma(FloatVector.fromArray(SPECIES, k, kAt + j * step), sum);
      FloatVector byKey = FloatVector.fromArray(SPECIES, byK, byKAt + j * step);
      score.fma(query, byKey).intoArray(byK, byKAt + j * step);
      FloatVector byValue = FloatVector.fromArray(SPECIES, byV, byVAt + j * step);
      weight.fma(e, byValue).intoArray(byV, byVAt + j * step);
    }
    sum.intoArray(byQ, byQAt);
  }
}
