package org.grpo4j.policy.network.kernels;

import org.grpo4j.policy.network.engine.Experts;

/**
 * The places of a block's router and experts in a flat vector, behind its other parameters: router,
 * selection bias if there is one, then the experts' inward weights, biases and outward weights.
 *
 * @param offset index of the first of them
 * @param width residual width {@code D}
 * @param experts their sizes
 */
record ExpertParameters(int offset, int width, Experts experts) {

  Weights router(float[] vector) {
    return Weights.plain(vector, offset, experts.count(), width);
  }

  int routerBias() {
    return offset + experts.count() * width;
  }

  private int inWeight() {
    return routerBias() + (experts.hasBias() ? experts.count() : 0);
  }

  Weights in(float[] vector, int expert) {
    int at = inWeight() + expert * experts.width() * width;
    return Weights.biased(vector, at, experts.width(), width, inBias(expert));
  }

  private int inBias(int expert) {
    return inWeight() + experts.count() * experts.width() * width + expert * experts.width();
  }

  Weights out(float[] vector, int expert) {
    int at = inBias(experts.count()) + expert * width * experts.width();
    return Weights.plain(vector, at, width, experts.width());
  }

  /** Index behind the last of them. */
  int end() {
    return inBias(experts.count()) + experts.count() * width * experts.width();
  }
}
