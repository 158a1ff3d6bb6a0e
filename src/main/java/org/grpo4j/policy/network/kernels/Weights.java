package org.grpo4j.policy.network.kernels;

/**
 * A view of a linear layer, or of its gradient, in a flat vector: weight {@code (o, i)} is {@code
 * values[offset + o * inputs + i]}, the bias of output {@code o} is {@code values[bias + o]}.
 */
final class Weights {

  private static final int NONE = -1;

  final float[] values;
  final int offset;
  final int outputs;
  final int inputs;
  final int bias;

  private Weights(float[] values, int offset, int outputs, int inputs, int bias) {
    this.values = values;
    this.offset = offset;
    this.outputs = outputs;
    this.inputs = inputs;
    this.bias = bias;
  }

  /** A layer whose biases stand behind its weights. */
  static Weights biased(float[] values, int offset, int outputs, int inputs) {
    return biased(values, offset, outputs, inputs, offset + outputs * inputs);
  }

  /** A layer whose biases begin at {@code bias}. */
  static Weights biased(float[] values, int offset, int outputs, int inputs, int bias) {
    return new Weights(values, offset, outputs, inputs, bias);
  }

  /** A layer without biases. */
  static Weights plain(float[] values, int offset, int outputs, int inputs) {
    return new Weights(values, offset, outputs, inputs, NONE);
  }

  boolean hasBias() {
    return bias != NONE;
  }

  /** The bias of an output, 0 without one. */
  float bias(int output) {
    return hasBias() ? values[bias + output] : 0f;
  }

  /** The layer of {@code count} outputs from {@code first} on. */
  Weights outputs(int first, int count) {
    int ofThese = hasBias() ? bias + first : NONE;
    return new Weights(values, offset + first * inputs, count, inputs, ofThese);
  }
}
