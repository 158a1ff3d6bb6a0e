package org.grpo4j.experiment;

import org.grpo4j.experiment.config.Kind;
import org.grpo4j.experiment.config.Setting;

/** The policy's architecture. Vocabulary and context length follow from the task. */
public sealed interface ModelConfig {

  /** How the network computes. */
  enum Precision {
    /** {@code float} kernels: the fast path. */
    FAST_FLOAT,
    /** {@code float} in readable array operations. */
    REFERENCE_FLOAT,
    /** {@code double} in readable array operations: for debugging and gradient checks. */
    REFERENCE_DOUBLE
  }

  /**
   * A small GPT.
   *
   * @param width residual width d
   * @param layers number of blocks
   * @param heads attention heads, a divisor of the width
   * @param feedForward hidden width of the feed-forward part
   * @param precision how it computes
   */
  @Kind(
      value = "transformer",
      description =
          "A small GPT: pre-layer-norm blocks of causal multi-head attention and a ReLU feed-forward part.")
  record Transformer(
      @Setting(
              value = "Residual width d.",
              byDefault = "48",
              range = "[1, 1024]",
              unit = "features")
          int width,
      @Setting(value = "Number of transformer blocks.", byDefault = "1", range = "[1, 24]")
          int layers,
      @Setting(
              value = "Attention heads; must divide the width.",
              byDefault = "4",
              range = "[1, 64]")
          int heads,
      @Setting(
              value = "Hidden width of the feed-forward part.",
              byDefault = "192",
              range = "[1, 4096]",
              unit = "features")
          int feedForward,
      @Setting(
              value = "The fast kernels, or the readable reference in float or double.",
              byDefault = "fast-float")
          Precision precision)
      implements ModelConfig {

    public Transformer {
      if (width % heads != 0) {
        throw new IllegalArgumentException(
            "heads: must divide the width " + width + ", got " + heads);
      }
    }
  }

  /**
   * A recurrent network of DL4J's own layers.
   *
   * @param width embedding and hidden width
   * @param layers number of LSTM layers
   */
  @Kind(value = "lstm", description = "A recurrent network of DL4J's own LSTM layers.")
  record Lstm(
      @Setting(
              value = "Embedding and hidden width.",
              byDefault = "64",
              range = "[1, 1024]",
              unit = "features")
          int width,
      @Setting(value = "Number of LSTM layers.", byDefault = "1", range = "[1, 8]") int layers)
      implements ModelConfig {}
}
