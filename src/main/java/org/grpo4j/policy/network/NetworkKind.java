package org.grpo4j.policy.network;

import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;

/**
 * The kind of a network: all about it but its parameters.
 *
 * @param architecture {@code transformer} or {@code lstm}
 * @param shape the sizes; of an LSTM, the width of embedding and cells
 * @param precision how it is computed
 * @param outputs numbers the head gives per token: the {@code V} logits of a policy, one more for a
 *     value head on its trunk, a single one for a critic of its own
 */
record NetworkKind(String architecture, TransformerShape shape, Precision precision, int outputs) {

  static final String TRANSFORMER = "transformer";
  static final String LSTM = "lstm";

  /** A policy: one output for each symbol. */
  static NetworkKind policy(String architecture, TransformerShape shape, Precision precision) {
    return new NetworkKind(architecture, shape, precision, shape.vocabularySize());
  }

  /** The same trunk under another head. */
  NetworkKind withOutputs(int count) {
    return new NetworkKind(architecture, shape, precision, count);
  }

  /** The same, computed otherwise. */
  NetworkKind withPrecision(Precision other) {
    return new NetworkKind(architecture, shape, other, outputs);
  }

  /** True if the output behind the logits is a value. */
  boolean hasValueHead() {
    return outputs == vocabularySize() + 1;
  }

  /** True if there are no logits, only a value. */
  boolean isCritic() {
    return outputs == 1;
  }

  int vocabularySize() {
    return shape.vocabularySize();
  }

  int contextLength() {
    return shape.contextLength();
  }

  String describe() {
    String sizes =
        architecture.equals(TRANSFORMER)
            ? " of " + shape.layers() + " x " + shape.width() + ", " + shape.heads() + " heads"
            : " of " + shape.width();
    String head = isCritic() ? " critic" : hasValueHead() ? " with value head" : "";
    String experts = shape.experts().map(some -> ", " + some.describe()).orElse("");
    return architecture
        + head
        + sizes
        + experts
        + ", "
        + precision.name().toLowerCase(java.util.Locale.ROOT);
  }
}
