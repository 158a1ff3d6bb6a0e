package org.grpo4j.policy.network.kernels;

import java.util.Optional;
import org.grpo4j.policy.network.kernels.Attention.Extent;
import org.grpo4j.policy.network.kernels.Attention.Operands;
import org.grpo4j.policy.network.kernels.LayerNorm.Norm;

/**
 * One transformer block over the columns of a {@link ColumnPlan}: the same mathematics, line by
 * line, as {@link org.grpo4j.policy.network.dl4j.ReferenceTransformerBlock}. Owns the activations
 * of one forward pass, and across decoding steps the keys and values.
 */
final class BlockKernel {

  private final Kernels kernels;
  private final BlockParameters p;
  private final Optional<ExpertKernel> experts;
  private final Norm norm1;
  private final Norm norm2;
  private final FloatScratch normalized1 = new FloatScratch();
  private final FloatScratch queriesKeysValues = new FloatScratch();
  private final FloatScratch promptWeights = new FloatScratch();
  private final FloatScratch rowWeights = new FloatScratch();
  private final FloatScratch keys = new FloatScratch();
  private final FloatScratch values = new FloatScratch();
  private final FloatScratch attended = new FloatScratch();
  private final FloatScratch middle = new FloatScratch();
  private final FloatScratch normalized2 = new FloatScratch();
  private final FloatScratch hidden = new FloatScratch();

  BlockKernel(Kernels kernels, BlockParameters parameters, int layer) {
    this.kernels = kernels;
    this.p = parameters;
    this.norm1 = Norm.of(p.norm1Gain(), p.norm1Bias(), p.width());
    this.norm2 = Norm.of(p.norm2Gain(), p.norm2Bias(), p.width());
    this.experts = p.expertParameters().map(own -> new ExpertKernel(kernels, own, layer));
  }

  ExpertKernel experts() {
    return experts.orElseThrow();
  }

  /**
   * {@code output = y + feedforward(norm2(y))} with {@code y = x + attention(norm1(x))}.
   *
   * @param from first column whose output is needed; before it only keys and values are computed
   */
  void forward(float[] theta, ColumnPlan plan, int from, ColumnMatrix x, ColumnMatrix output) {
    int n = plan.columns();
    int active = n - from;
    int width = p.width();
    MatrixMultiply multiply = kernels.multiply();
    ColumnMatrix n1 = matrix(normalized1, width, n);
    ColumnMatrix qkv = matrix(queriesKeysValues, 3 * width, n);
    ColumnMatrix a = matrix(attended, width, n).from(0, from);
    ColumnMatrix y = matrix(middle, width, n).from(0, from);
    ColumnMatrix n2 = matrix(normalized2, width, n).from(0, from);
    ColumnMatrix h = matrix(hidden, p.feedForwardWidth(), n).from(0, from);

    kernels.norm().forward(theta, norm1, x, n1, n);
    Weights wqkv = p.qkv(theta);
    multiply.layer(wqkv.outputs(0, width), n1.from(0, from), qkv.from(0, from), active);
    multiply.layer(wqkv.outputs(width, 2 * width), n1, qkv.from(width, 0), n);
    attend(plan, from, qkv);
    multiply.residualLayer(p.output(theta), a, x.from(0, from), y, active);

    kernels.norm().forward(theta, norm2, y, n2, active);
    multiply.rectifiedLayer(p.in(theta), n2, h, active);
    ColumnMatrix out = output.from(0, from);
    multiply.residualLayer(p.out(theta), h, y, out, active);
    experts.ifPresent(some -> some.forward(theta, plan, from, n2, out));
  }

  /** Prompts attend to themselves; rows to their prompt's keys and values and to their own. */
  private void attend(ColumnPlan plan, int from, ColumnMatrix qkv) {
    ColumnMatrix out = matrix(attended, p.width(), plan.columns());
    int width = p.width();
    if (plan.promptColumns() > 0) {
      Extent extent = promptExtent(plan, from);
      float[] weights = promptWeights.atLeast(extent.weightCount());
      kernels
          .attention()
          .forward(
              extent,
              qkv.from(0, from),
              qkv.from(width, 0),
              qkv.from(2 * width, 0),
              weights,
              out.from(0, from));
    }
    ColumnMatrix k = cache(keys, plan);
    ColumnMatrix v = cache(values, plan);
    PromptSharing.spread(plan, width, qkv.from(width, 0), k);
    PromptSharing.spread(plan, width, qkv.from(2 * width, 0), v);
    if (plan.steps > 0) {
      Extent extent = rowExtent(plan);
      float[] weights = rowWeights.atLeast(extent.weightCount());
      int own = plan.promptColumns();
      kernels.attention().forward(extent, qkv.from(0, own), k, v, weights, out.from(0, own));
    }
  }

  /**
   * From {@code dL/doutput} to {@code dL/dx}; adds the parameters' gradient.
   *
   * @param error {@code dL/doutput}, overwritten with {@code dL/dx} for all columns
   */
  void backward(
      float[] theta,
      float[] gradient,
      ColumnPlan plan,
      int from,
      ColumnMatrix x,
      ColumnMatrix error,
      BlockScratch scratch) {
    int n = plan.columns();
    int active = n - from;
    int width = p.width();
    int units = p.feedForwardWidth();
    MatrixMultiply multiply = kernels.multiply();
    ColumnMatrix a = matrix(attended, width, n).from(0, from);
    ColumnMatrix y = matrix(middle, width, n).from(0, from);
    ColumnMatrix n2 = matrix(normalized2, width, n).from(0, from);
    ColumnMatrix h = matrix(hidden, units, n).from(0, from);
    ColumnMatrix byOutput = error.from(0, from);
    ColumnMatrix byHidden = matrix(scratch.hidden, units, n).from(0, from);
    // One buffer, three times: the gradient of n2, then of the attention's output, then of n1.
    ColumnMatrix byNormalized1 = matrix(scratch.normalized, width, n);
    ColumnMatrix byNormalized2 = byNormalized1.from(0, from);
    ColumnMatrix byAttended = byNormalized2;

    multiply.addGradient(p.out(gradient), byOutput, h, active, scratch.products);
    multiply.rectifiedTransposedProduct(p.out(theta), byOutput, h, byHidden, active);
    multiply.addGradient(p.in(gradient), byHidden, n2, active, scratch.products);
    multiply.transposedProduct(p.in(theta), byHidden, byNormalized2, active);
    if (experts.isPresent()) {
      experts().backward(theta, gradient, plan, from, n2, byOutput, byNormalized2, scratch);
    }
    kernels.norm().backward(theta, gradient, norm2, y, byNormalized2, active);
    ColumnMatrix byY = byOutput; // y is added to the output: its gradient arrives there as well
    ColumnKernels.add(byY, byNormalized2, width, active);

    multiply.addGradient(p.output(gradient), byY, a, active, scratch.products);
    multiply.transposedProduct(p.output(theta), byY, byAttended, active);
    ColumnMatrix byQkv = attendBack(plan, from, byAttended, scratch);
    projectBack(theta, gradient, plan, from, byQkv, byNormalized1, scratch.products);
    kernels.norm().backward(theta, gradient, norm1, x, byNormalized1, n);
    ColumnKernels.clear(error, width, from);
    ColumnKernels.add(error, byNormalized1, width, n);
  }

  private void projectBack(
      float[] theta,
      float[] gradient,
      ColumnPlan plan,
      int from,
      ColumnMatrix byQkv,
      ColumnMatrix byNormalized,
      FloatScratch products) {
    int n = plan.columns();
    int width = p.width();
    ColumnMatrix n1 = matrix(normalized1, width, n);
    ColumnMatrix byQueries = byQkv.from(0, from);
    ColumnMatrix byKeysValues = byQkv.from(width, 0);
    Weights w = p.qkv(theta);
    Weights byW = p.qkv(gradient);
    MatrixMultiply multiply = kernels.multiply();
    multiply.addGradient(byW.outputs(0, width), byQueries, n1.from(0, from), n - from, products);
    multiply.addGradient(byW.outputs(width, 2 * width), byKeysValues, n1, n, products);
    multiply.transposedProduct(w, byQueries, byNormalized.from(0, from), n - from);
    if (from > 0) {
      multiply.transposedProduct(w.outputs(width, 2 * width), byKeysValues, byNormalized, from);
    }
  }

  private ColumnMatrix attendBack(
      ColumnPlan plan, int from, ColumnMatrix byAttended, BlockScratch scratch) {
    int n = plan.columns();
    int width = p.width();
    ColumnMatrix qkv = matrix(queriesKeysValues, 3 * width, n);
    ColumnMatrix byQkv = matrix(scratch.queriesKeysValues, 3 * width, n);
    ColumnMatrix byKeys = byQkv.from(width, 0);
    ColumnMatrix byValues = byQkv.from(2 * width, 0);
    if (plan.promptColumns() > 0) {
      Operands forward =
          new Operands(
              qkv.from(0, from), qkv.from(width, 0), qkv.from(2 * width, 0), promptWeights);
      Operands back = new Operands(byQkv.from(0, from), byKeys, byValues, scratch.scores);
      kernels.attention().backward(promptExtent(plan, from), forward, byAttended, back);
    }
    if (plan.steps > 0) {
      int own = plan.promptColumns();
      ColumnMatrix byCachedKeys = cache(scratch.keys, plan);
      ColumnMatrix byCachedValues = cache(scratch.values, plan);
      Operands forward =
          new Operands(qkv.from(0, own), cache(keys, plan), cache(values, plan), rowWeights);
      Operands back =
          new Operands(byQkv.from(0, own), byCachedKeys, byCachedValues, scratch.scores);
      ColumnMatrix byOwn = byAttended.from(0, own - from);
      kernels.attention().backward(rowExtent(plan), forward, byOwn, back);
      PromptSharing.gather(plan, width, byCachedKeys, byKeys);
      PromptSharing.gather(plan, width, byCachedValues, byValues);
    }
    return byQkv;
  }

  /** The keys of all rows and positions, {@code [D][capacity][rows]}; they outlive a step. */
  FloatScratch keys() {
    return keys;
  }

  /** The values, like the keys. */
  FloatScratch values() {
    return values;
  }

  private Extent promptExtent(ColumnPlan plan, int from) {
    int first = from / plan.paddedPrompts;
    return new Extent(
        p.heads(), p.headWidth(), first, plan.promptLength - first, plan.paddedPrompts);
  }

  private Extent rowExtent(ColumnPlan plan) {
    return new Extent(p.heads(), p.headWidth(), plan.start, plan.steps, plan.paddedRows);
  }

  private ColumnMatrix cache(FloatScratch buffer, ColumnPlan plan) {
    return matrix(buffer, p.width(), plan.capacity * plan.paddedRows);
  }

  static ColumnMatrix matrix(FloatScratch buffer, int features, int columns) {
    int stride = ColumnMatrix.stride(columns);
    return new ColumnMatrix(buffer.atLeast(features * stride), 0, stride);
  }
}
