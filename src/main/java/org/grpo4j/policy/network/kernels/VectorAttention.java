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

  /**
   * Numbers of as many rows as a vector has lanes, by feature and position: those of feature {@code
   * f} at position {@code j} begin at {@code values[at + f * featureStep + j * positionStep]}.
   */
  private static final class LaneView {

    final float[] values;
    final int at;
    final int featureStep;
    final int positionStep;

    LaneView(float[] values, int at, int featureStep, int positionStep) {
      this.values = values;
      this.at = at;
      this.featureStep = featureStep;
      this.positionStep = positionStep;
    }

    /** The features of {@code matrix} from {@code feature} on, lanes from row {@code r} on. */
    static LaneView of(ColumnMatrix matrix, int feature, int r, int rows) {
      return new LaneView(matrix.values, matrix.row(feature) + r, matrix.stride, rows);
    }

    /** The attention weights of one head; its features are the steps. */
    static LaneView ofWeights(float[] weights, Extent extent, int head, int r) {
      int ofStep = extent.positions() * extent.rows();
      return new LaneView(weights, extent.weightIndex(head, 0) + r, ofStep, extent.rows());
    }

    FloatVector get(int feature, int position) {
      return FloatVector.fromArray(SPECIES, values, index(feature, position));
    }

    int index(int feature, int position) {
      return at + feature * featureStep + position * positionStep;
    }
  }

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
      for (int r = 0; r < rows; r += LANES) {
        LaneView q = LaneView.of(queries, head * features, r, rows);
        LaneView k = LaneView.of(keys, head * features, r, rows);
        LaneView v = LaneView.of(values, head * features, r, rows);
        LaneView w = LaneView.ofWeights(weights, extent, head, r);
        LaneView out = LaneView.of(output, head * features, r, rows);
        for (int step = 0; step < extent.steps(); step++) {
          int seen = extent.start() + step + 1;
          dots(q, step, k, features, w, step, seen);
          VectorSoftmax.apply(weights, w.index(step, 0), seen, rows, extent.scale());
          weightedSum(w, step, v, seen, out, step, features);
        }
      }
    }
  }

  @Override
  public void backward(Extent extent, Operands forward, ColumnMatrix byOutput, Operands gradient) {
    int rows = extent.rows();
    int features = extent.headWidth();
    float[] weights = forward.weights().get();
    int ofStep = extent.positions() * LANES;
    float[] byScores = gradient.weights().atLeast(extent.steps() * ofStep);
    LaneView byScore = new LaneView(byScores, 0, ofStep, LANES);
    for (int head = 0; head < extent.heads(); head++) {
      int feature = head * features;
      for (int r = 0; r < rows; r += LANES) {
        LaneView w = LaneView.ofWeights(weights, extent, head, r);
        LaneView error = LaneView.of(byOutput, feature, r, rows);
        LaneView q = LaneView.of(forward.queries(), feature, r, rows);
        LaneView byQ = LaneView.of(gradient.queries(), feature, r, rows);
        LaneView k = LaneView.of(forward.keys(), feature, r, rows);
        LaneView byK = LaneView.of(gradient.keys(), feature, r, rows);
        LaneView v = LaneView.of(forward.values(), feature, r, rows);
        LaneView byV = LaneView.of(gradient.values(), feature, r, rows);
        for (int step = 0; step < extent.steps(); step++) {
          int seen = extent.start() + step + 1;
          dots(error, step, v, features, byScore, step, seen);
          int at = byScore.index(step, 0);
          VectorSoftmax.back(weights, w.index(step, 0), rows, byScores, at, seen, extent.scale());
          weightedSum(byScore, step, k, seen, byQ, step, features);
        }
        sumOverSteps(byScore, q, extent, byK, features);
        sumOverSteps(w, error, extent, byV, features);
      }
    }
  }

  /** {@code out[step][j] = sum_f q[f][step] k[f][j]}, four positions {@code j} at a time. */
  private static void dots(
      LaneView q, int step, LaneView k, int features, LaneView out, int outStep, int seen) {
    int j = 0;
    for (; j + 4 <= seen; j += 4) {
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      for (int f = 0; f < features; f++) {
        FloatVector query = q.get(f, step);
        a = query.fma(k.get(f, j), a);
        b = query.fma(k.get(f, j + 1), b);
        c = query.fma(k.get(f, j + 2), c);
        d = query.fma(k.get(f, j + 3), d);
      }
      a.intoArray(out.values, out.index(outStep, j));
      b.intoArray(out.values, out.index(outStep, j + 1));
      c.intoArray(out.values, out.index(outStep, j + 2));
      d.intoArray(out.values, out.index(outStep, j + 3));
    }
    for (; j < seen; j++) {
      FloatVector a = FloatVector.zero(SPECIES);
      for (int f = 0; f < features; f++) {
        a = q.get(f, step).fma(k.get(f, j), a);
      }
      a.intoArray(out.values, out.index(outStep, j));
    }
  }

  /** {@code out[f][step] = sum_j w[j] v[f][j]} for all features, four at a time. */
  private static void weightedSum(
      LaneView w, int wStep, LaneView v, int seen, LaneView out, int step, int features) {
    int f = 0;
    for (; f + 4 <= features; f += 4) {
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      for (int j = 0; j < seen; j++) {
        FloatVector weight = w.get(wStep, j);
        a = weight.fma(v.get(f, j), a);
        b = weight.fma(v.get(f + 1, j), b);
        c = weight.fma(v.get(f + 2, j), c);
        d = weight.fma(v.get(f + 3, j), d);
      }
      a.intoArray(out.values, out.index(f, step));
      b.intoArray(out.values, out.index(f + 1, step));
      c.intoArray(out.values, out.index(f + 2, step));
      d.intoArray(out.values, out.index(f + 3, step));
    }
    for (; f < features; f++) {
      FloatVector a = FloatVector.zero(SPECIES);
      for (int j = 0; j < seen; j++) {
        a = w.get(wStep, j).fma(v.get(f, j), a);
      }
      a.intoArray(out.values, out.index(f, step));
    }
  }

  /**
   * {@code out[f][j] = sum_step w[step][j] x[f][step]} over the steps that see position {@code j},
   * for all features, four at a time.
   */
  private static void sumOverSteps(
      LaneView w, LaneView x, Extent extent, LaneView out, int features) {
    int steps = extent.steps();
    int f = 0;
    for (; f + 4 <= features; f += 4) {
      for (int j = 0; j < extent.positions(); j++) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int step = Math.max(0, j - extent.start()); step < steps; step++) {
          FloatVector weight = w.get(step, j);
          a = weight.fma(x.get(f, step), a);
          b = weight.fma(x.get(f + 1, step), b);
          c = weight.fma(x.get(f + 2, step), c);
          d = weight.fma(x.get(f + 3, step), d);
        }
        a.intoArray(out.values, out.index(f, j));
        b.intoArray(out.values, out.index(f + 1, j));
        c.intoArray(out.values, out.index(f + 2, j));
        d.intoArray(out.values, out.index(f + 3, j));
      }
    }
    for (; f < features; f++) {
      for (int j = 0; j < extent.positions(); j++) {
        FloatVector a = FloatVector.zero(SPECIES);
        for (int step = Math.max(0, j - extent.start()); step < steps; step++) {
          a = w.get(step, j).fma(x.get(f, step), a);
        }
        a.intoArray(out.values, out.index(f, j));
      }
    }
  }
}
