package org.grpo4j.policy.network.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The softmax of {@link VectorAttention}, one row of the batch in each lane. */
final class VectorSoftmax {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  private VectorSoftmax() {}

  /** Softmax over the positions, in place, of {@code scale * scores}. */
  static void apply(float[] scores, int at, int seen, int step, float scale) {
    FloatVector highest = FloatVector.fromArray(SPECIES, scores, at);
    for (int j = 1; j < seen; j++) {
      highest = highest.max(FloatVector.fromArray(SPECIES, scores, at + j * step));
    }
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int j = 0; j < seen; j++) {
      FloatVector x = FloatVector.fromArray(SPECIES, scores, at + j * step);
      FloatVector e = exponential(x.sub(highest).mul(scale));
      e.intoArray(scores, at + j * step);
      sum = sum.add(e);
    }
    FloatVector inverse = FloatVector.broadcast(SPECIES, 1f).div(sum);
    for (int j = 0; j < seen; j++) {
      FloatVector e = FloatVector.fromArray(SPECIES, scores, at + j * step);
      e.mul(inverse).intoArray(scores, at + j * step);
    }
  }

  /** {@link FastExponential#of}, lane by lane. */
  private static FloatVector exponential(FloatVector x) {
    FloatVector u = x.max(FastExponential.LOWEST).mul(1f / 32);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector p = u.mul(FastExponential.C7).add(FastExponential.C6);
    p = p.fma(u, FloatVector.broadcast(SPECIES, FastExponential.C5));
    p = p.fma(u, FloatVector.broadcast(SPECIES, FastExponential.C4));
    p = p.fma(u, FloatVector.broadcast(SPECIES, FastExponential.C3));
    p = p.fma(u, FloatVector.broadcast(SPECIES, FastExponential.C2));
    p = p.fma(u, one);
    p = p.fma(u, one);
    p = p.mul(p);
    p = p.mul(p);
    p = p.mul(p);
    p = p.mul(p);
    return p.mul(p);
  }

  /** {@code dL/dscore_j = scale * w_j (dL/dw_j - sum_k w_k dL/dw_k)}, in place. */
  static void back(float[] w, int wAt, int step, float[] byWeights, int at, int seen, float scale) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int j = 0; j < seen; j++) {
      FloatVector weight = FloatVector.fromArray(SPECIES, w, wAt + j * step);
      sum = weight.fma(FloatVector.fromArray(SPECIES, byWeights, at + j * LANES), sum);
    }
    for (int j = 0; j < seen; j++) {
      FloatVector weight = FloatVector.fromArray(SPECIES, w, wAt + j * step);
      FloatVector byWeight = FloatVector.fromArray(SPECIES, byWeights, at + j * LANES);
      byWeight.sub(sum).mul(weight).mul(scale).intoArray(byWeights, at + j * LANES);
    }
  }
}
