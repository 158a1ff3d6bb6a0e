package org.grpo4j.policy.network.engine;

/**
 * The sizes of a decoder-only transformer.
 *
 * @param vocabularySize number of symbols {@code V}
 * @param contextLength most tokens of prompt and completion together {@code C}
 * @param width numbers per token in the residual stream {@code D}
 * @param layers number of transformer blocks {@code L}, at least 1
 * @param heads attention heads {@code A}; divides the width
 * @param feedForwardWidth hidden units of each feed-forward part {@code F}
 */
public record TransformerShape(
    int vocabularySize, int contextLength, int width, int layers, int heads, int feedForwardWidth) {

  public TransformerShape {
    requirePositive("vocabularySize", vocabularySize);
    requirePositive("contextLength", contextLength);
    requirePositive("width", width);
    requirePositive("layers", layers);
    requirePositive("heads", heads);
    requirePositive("feedForwardWidth", feedForwardWidth);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "heads: must divide the width " + width + ", got " + heads);
    }
  }

  /** The default policy: width 48, one layer, four heads; 31,222 parameters at (22, 15). */
  public static TransformerShape small(int vocabularySize, int contextLength) {
    return new TransformerShape(vocabularySize, contextLength, 48, 1, 4, 192);
  }

  /** Numbers per token and head {@code D / A}. */
  public int headWidth() {
    return width / heads;
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + ": must be at least 1, got " + value);
    }
  }
}
