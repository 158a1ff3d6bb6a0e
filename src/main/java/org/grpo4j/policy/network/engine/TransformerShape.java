package org.grpo4j.policy.network.engine;

import java.util.Optional;
import org.grpo4j.math.Require;

/**
 * The sizes of a decoder-only transformer.
 *
 * @param vocabularySize number of symbols {@code V}
 * @param contextLength most tokens of prompt and completion together {@code C}
 * @param width numbers per token in the residual stream {@code D}
 * @param layers number of transformer blocks {@code L}, at least 1
 * @param heads attention heads {@code A}; divides the width
 * @param feedForwardWidth hidden units of each feed-forward part {@code F}; with experts, of the
 *     one that every token goes through, 0 for none
 * @param experts what a router chooses from beside it; empty for a dense network
 */
public record TransformerShape(
    int vocabularySize,
    int contextLength,
    int width,
    int layers,
    int heads,
    int feedForwardWidth,
    Optional<Experts> experts) {

  /** Added to the variance in layer normalisation, so that equal features can be divided. */
  public static final double NORM_EPSILON = 1e-5;

  public TransformerShape {
    Require.atLeast(1, "vocabularySize", vocabularySize);
    Require.atLeast(1, "contextLength", contextLength);
    Require.atLeast(1, "width", width);
    Require.atLeast(1, "layers", layers);
    Require.atLeast(1, "heads", heads);
    Require.atLeast(experts.isPresent() ? 0 : 1, "feedForwardWidth", feedForwardWidth);
    Require.that(width % heads == 0, "heads: must divide the width " + width + ", got " + heads);
  }

  /** A dense network. */
  public TransformerShape(
      int vocabularySize, int contextLength, int width, int layers, int heads, int feedForward) {
    this(vocabularySize, contextLength, width, layers, heads, feedForward, Optional.empty());
  }

  /** The same trunk with experts in place of the feed-forward part. */
  public TransformerShape with(Experts some) {
    return new TransformerShape(
        vocabularySize, contextLength, width, layers, heads, some.shared(), Optional.of(some));
  }

  /** The default policy: width 48, one layer, four heads; 31,222 parameters at (22, 15). */
  public static TransformerShape small(int vocabularySize, int contextLength) {
    return new TransformerShape(vocabularySize, contextLength, 48, 1, 4, 192);
  }

  /** Numbers per token and head {@code D / A}. */
  public int headWidth() {
    return width / heads;
  }

  /** Parameters that a token does not meet: those of experts that were not chosen for it. */
  public int idleParameters() {
    return experts.map(some -> layers * some.idleParameters(width)).orElse(0);
  }
}
