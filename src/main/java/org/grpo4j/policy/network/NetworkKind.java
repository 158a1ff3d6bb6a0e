package org.grpo4j.policy.network;

/**
 * What a network is, beside its parameters.
 *
 * @param architecture {@code transformer} or {@code lstm}
 * @param shape the sizes; of an LSTM, the width of embedding and cells
 * @param precision how it is computed
 */
record NetworkKind(String architecture, TransformerShape shape, Precision precision) {

  static final String TRANSFORMER = "transformer";
  static final String LSTM = "lstm";

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
    return architecture + sizes + ", " + precision.name().toLowerCase(java.util.Locale.ROOT);
  }
}
