package org.grpo4j.policy.network;

import java.util.Arrays;

/** A flat gradient that micro-batches are added to, in order, in double precision. */
final class GradientSum {

  private final double[] values;

  GradientSum(int size) {
    this.values = new double[size];
  }

  void add(float[] gradient) {
    for (int i = 0; i < values.length; i++) {
      values[i] += gradient[i];
    }
  }

  void add(double[] gradient) {
    for (int i = 0; i < values.length; i++) {
      values[i] += gradient[i];
    }
  }

  void clear() {
    Arrays.fill(values, 0);
  }

  double[] values() {
    return values;
  }
}
