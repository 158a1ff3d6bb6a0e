package org.grpo4j.policy.network.kernels;

/** A float array that grows when asked to and is otherwise reused. */
final class FloatScratch {

  private float[] values = new float[0];

  /** At least {@code size} floats with whatever they held. */
  float[] atLeast(int size) {
    if (values.length < size) {
      values = new float[size];
    }
    return values;
  }

  /** The array as it is. */
  float[] get() {
    return values;
  }
}
