package org.grpo4j.policy.network.kernels;

import org.jspecify.annotations.Nullable;

/**
 * The second half of a block, {@code output = y + feedforward(normalized)} (Eq. 22), and the
 * experts beside it (Eq. 24) where there are any. Columns are those from the block's first active
 * one on.
 */
final class FeedForwardKernel {

  private final MatrixMultiply multiply;
  private final BlockParameters p;
  private final int layer;
  private final @Nullable ExpertKernel experts;
  private final FloatScratch hidden = new FloatScratch();

  FeedForwardKernel(Kernels kernels, BlockParameters parameters, int layer) {
    this.multiply = kernels.multiply();
    this.p = parameters;
    this.layer = layer;
    this.experts = p.expertParameters().map(own -> new ExpertKernel(kernels, own)).orElse(null);
  }

  /** The experts of the block. */
  ExpertKernel experts() {
    if (experts == null) {
      throw new IllegalStateException("there are no experts");
    }
    return experts;
  }

  void forward(
      float[] theta,
      ColumnPlan plan,
      int from,
      ColumnMatrix normalized,
      ColumnMatrix y,
      ColumnMatrix output) {
    int active = plan.columns() - from;
    int units = p.feedForwardWidth();
    if (units > 0) {
      ColumnMatrix h = BlockKernel.matrix(hidden, units, active);
      multiply.product(p.in(theta), normalized, h, active);
      ColumnKernels.addBiasAndRectify(theta, p.inBias(), units, h, active);
      multiply.product(p.out(theta), h, output, active);
    } else {
      ColumnKernels.clear(output, p.width(), active);
    }
    ColumnKernels.addBiasAndResidual(theta, p.outBias(), p.width(), y, output, active);
    if (experts != null) {
      experts.forward(theta, normalized, output, active, plan.given(layer), from * p.active());
    }
  }

  /**
   * Writes {@code dL/dnormalized}; adds the parameters' gradient.
   *
   * @param byOutput {@code dL/doutput}
   */
  void backward(
      float[] theta,
      float[] gradient,
      ColumnPlan plan,
      int from,
      ColumnMatrix normalized,
      ColumnMatrix byOutput,
      ColumnMatrix byNormalized,
      BlockScratch scratch) {
    int active = plan.columns() - from;
    int width = p.width();
    int units = p.feedForwardWidth();
    ColumnKernels.addRowSums(gradient, p.outBias(), width, byOutput, active);
    if (units > 0) {
      ColumnMatrix h = BlockKernel.matrix(hidden, units, active);
      ColumnMatrix byHidden = BlockKernel.matrix(scratch.hidden, units, active);
      multiply.addOuterProduct(p.out(gradient), byOutput, h, active);
      multiply.transposedProduct(p.out(theta), byOutput, byHidden, active);
      ColumnKernels.rectifyBack(h, byHidden, units, active);
      ColumnKernels.addRowSums(gradient, p.inBias(), units, byHidden, active);
      multiply.addOuterProduct(p.in(gradient), byHidden, normalized, active);
      multiply.transposedProduct(p.in(theta), byHidden, byNormalized, active);
    } else {
      ColumnKernels.clear(byNormalized, width, active);
    }
    if (experts != null) {
      ColumnMatrix x = normalized;
      experts.backward(theta, gradient, x, byOutput, byNormalized, plan, from, scratch);
    }
  }
}
