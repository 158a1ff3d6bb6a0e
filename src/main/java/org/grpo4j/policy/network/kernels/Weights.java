package org.grpo4j.policy.network.kernels;

/**
 * A view of a weight matrix, or of its gradient, in a flat vector: element {@code (o, i)} is {@code
 * values[offset + o * inputs + i]}.
 */
final class Weights {

  final float[] values;
  final int offset;
  final int outputs;
  final int inputs;

  Weights(float[] values, int offset, int outputs, int inputs) {
    this.values = values;
    this.offset = offset;
    this.outputs = outputs;
    this.inputs = inputs;
  }

  /** The rows of {@code count} outputs from {@code first} on. */
  Weights outputs(int first, int count) {
    return new Weights(values, offset + first * inputs, count, inputs);
  }
}
