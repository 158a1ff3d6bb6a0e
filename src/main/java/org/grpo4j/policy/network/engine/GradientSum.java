package org.grpo4j.policy.network.engine;

import java.util.Arrays;

/** A flat gradient that micro-batches are added to, in order, in double precision. */
public final class GradientSum {

  private final double[] values;

  /** Zeros for so many parameters. */
  public GradientSum(int size) {
    this.values = new double[size];
  }

  /** Adds the gradient of a micro-batch, one number for each parameter. */
  public void add(float[] gradient) {
    for (int i = 0; i < values.length; i++) {
      values[i] += gradient[i];
    }
  }

  /** Adds the gradient of a micro-batch, one number for each parameter. */
  public void add(double[] gradient) {
    for (int i = 0; i < values.length; i++) {
      values[i] += gradient[i];
    }
  }

  /** Back to zeros. */
  public void clear() {
    Arrays.fill(values, 0);
  }

  /** The sum itself, not a copy. */
  public double[] values() {
    return values;
  }
}
