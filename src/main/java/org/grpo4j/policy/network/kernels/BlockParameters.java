package org.grpo4j.policy.network.kernels;

import java.util.Optional;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.policy.network.engine.TransformerShape;

/**
 * The places of a block's parameters in a flat vector, in the order of {@link
 * org.grpo4j.policy.network.engine.TransformerParameters#block}.
 *
 * @param offset index of the block's first parameter
 * @param width residual width {@code D}
 * @param heads number of heads
 * @param feedForwardWidth hidden units {@code F} that every token goes through
 * @param experts those that a router chooses from beside them; empty for none
 */
record BlockParameters(
    int offset, int width, int heads, int feedForwardWidth, Optional<Experts> experts) {

  static BlockParameters at(int offset, TransformerShape shape) {
    return new BlockParameters(
        offset, shape.width(), shape.heads(), shape.feedForwardWidth(), shape.experts());
  }

  int headWidth() {
    return width / heads;
  }

  int norm1Gain() {
    return offset;
  }

  int norm1Bias() {
    return norm1Gain() + width;
  }

  private int qkvWeight() {
    return norm1Bias() + width;
  }

  private int qkvBias() {
    return qkvWeight() + 3 * width * width;
  }

  private int outputWeight() {
    return qkvBias() + 3 * width;
  }

  private int outputBias() {
    return outputWeight() + width * width;
  }

  int norm2Gain() {
    return outputBias() + width;
  }

  int norm2Bias() {
    return norm2Gain() + width;
  }

  private int inWeight() {
    return norm2Bias() + width;
  }

  private int inBias() {
    return inWeight() + feedForwardWidth * width;
  }

  private int outWeight() {
    return inBias() + feedForwardWidth;
  }

  private int outBias() {
    return outWeight() + width * feedForwardWidth;
  }

  /** Index behind the block's last parameter. */
  int end() {
    int end = outBias() + width;
    return expertParameters().map(ExpertParameters::end).orElse(end);
  }

  /** The router and the experts, behind the rest; empty for none. */
  Optional<ExpertParameters> expertParameters() {
    return experts.map(some -> new ExpertParameters(outBias() + width, width, some));
  }

  Weights qkv(float[] vector) {
    return Weights.biased(vector, qkvWeight(), 3 * width, width);
  }

  Weights output(float[] vector) {
    return Weights.biased(vector, outputWeight(), width, width);
  }

  Weights in(float[] vector) {
    return Weights.biased(vector, inWeight(), feedForwardWidth, width);
  }

  Weights out(float[] vector) {
    return Weights.biased(vector, outWeight(), width, feedForwardWidth);
  }
}
