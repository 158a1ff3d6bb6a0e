package org.grpo4j.policy.network.kernels;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.policy.network.kernels.LayerNorm.Norm;

/**
 * The whole transformer over the columns of a {@link ColumnPlan}, from token ids to logits and
 * back, on a flat {@code float[]} parameter vector. Owns its activations: one thread at a time.
 */
final class TransformerKernel {

  private final TransformerShape shape;
  private final int outputs;
  private final Kernels kernels;
  private final List<BlockKernel> blocks = new ArrayList<>();
  private final List<FloatScratch> hidden = new ArrayList<>();
  private final Norm norm;
  private final FloatScratch normalized = new FloatScratch();
  private final FloatScratch logits = new FloatScratch();
  private final FloatScratch byLogits = new FloatScratch();
  private final FloatScratch byHidden = new FloatScratch();
  private final BlockScratch scratch = new BlockScratch();

  private final int headOffset;

  /**
   * @param outputs numbers the head gives per token: logits and values
   */
  TransformerKernel(TransformerShape shape, int outputs, Kernels kernels) {
    this.shape = shape;
    this.outputs = outputs;
    this.kernels = kernels;
    int offset = (shape.vocabularySize() + shape.contextLength()) * shape.width();
    for (int layer = 0; layer < shape.layers(); layer++) {
      BlockParameters parameters = BlockParameters.at(offset, shape);
      blocks.add(new BlockKernel(kernels, parameters, layer));
      hidden.add(new FloatScratch());
      offset = parameters.end();
    }
    hidden.add(new FloatScratch());
    this.headOffset = offset;
    this.norm = Norm.of(offset, offset + shape.width(), shape.width());
  }

  /** Logits of all scored columns of {@code plan}; activations are kept for {@link #backward}. */
  void forward(float[] theta, ColumnPlan plan) {
    embed(theta, plan);
    int columns = plan.columns();
    for (int layer = 0; layer < blocks.size(); layer++) {
      blocks
          .get(layer)
          .forward(theta, plan, firstColumn(layer, plan), x(layer, plan), x(layer + 1, plan));
    }
    int scored = columns - plan.firstScoredColumn();
    ColumnMatrix x = x(blocks.size(), plan).from(0, plan.firstScoredColumn());
    ColumnMatrix n = BlockKernel.matrix(normalized, shape.width(), scored);
    ColumnMatrix z = BlockKernel.matrix(logits, outputs, scored);
    kernels.norm().forward(theta, norm, x, n, scored);
    kernels.multiply().layer(head(theta), n, z, scored);
  }

  /** Only the last block may leave out columns: the others feed the next block's keys. */
  private int firstColumn(int layer, ColumnPlan plan) {
    return layer == blocks.size() - 1 ? plan.firstScoredColumn() : 0;
  }

  private ColumnMatrix x(int layer, ColumnPlan plan) {
    return BlockKernel.matrix(hidden.get(layer), shape.width(), plan.columns());
  }

  private void embed(float[] theta, ColumnPlan plan) {
    ColumnMatrix x = x(0, plan);
    int width = shape.width();
    int positions = shape.vocabularySize() * width;
    for (int c = 0; c < plan.columns(); c++) {
      int token = plan.ids[c] * width;
      int position = positions + plan.position(c) * width;
      for (int f = 0; f < width; f++) {
        x.values[f * x.stride + c] = theta[token + f] + theta[position + f];
      }
    }
  }

  /**
   * Writes the experts of a column and their probabilities.
   *
   * @return false if the layer left the column out
   */
  boolean readExperts(
      ColumnPlan plan, int column, int layer, int[] chosen, double[] probabilities) {
    int from = firstColumn(layer, plan);
    if (column < from) {
      return false;
    }
    blocks.get(layer).experts().read(column - from, plan.columns() - from, chosen, probabilities);
    return true;
  }

  /** Keeps {@code dL/dp} of each completion token, {@code [L][E]}, for the next way back. */
  void addRouterError(double[][] byProbability) {
    for (int layer = 0; layer < blocks.size(); layer++) {
      blocks.get(layer).experts().addRouterError(byProbability[layer]);
    }
  }

  /** Writes the first {@code into.length} outputs of column {@code column}: the logits. */
  void logits(ColumnPlan plan, int column, double[] into) {
    int scored = plan.columns() - plan.firstScoredColumn();
    int at = column - plan.firstScoredColumn();
    int stride = ColumnMatrix.stride(scored);
    float[] z = logits.get();
    for (int j = 0; j < into.length; j++) {
      into[j] = z[j * stride + at];
    }
  }

  /** Zeroes {@code dL/dlogits}. */
  void clearLogitError(ColumnPlan plan) {
    int scored = plan.columns() - plan.firstScoredColumn();
    ColumnKernels.clear(BlockKernel.matrix(byLogits, outputs, scored), outputs, scored);
  }

  /** Adds to the error of the first {@code error.length} outputs of column {@code column}. */
  void addLogitError(ColumnPlan plan, int column, double[] error) {
    int scored = plan.columns() - plan.firstScoredColumn();
    int at = column - plan.firstScoredColumn();
    int stride = ColumnMatrix.stride(scored);
    float[] z = byLogits.get();
    for (int j = 0; j < error.length; j++) {
      z[j * stride + at] += (float) error[j];
    }
  }

  /** Adds the parameters' gradient for the logit error collected since the last clearing. */
  void backward(float[] theta, float[] gradient, ColumnPlan plan) {
    int columns = plan.columns();
    int first = plan.firstScoredColumn();
    int scored = columns - first;
    int width = shape.width();
    ColumnMatrix dz = BlockKernel.matrix(byLogits, outputs, scored);
    ColumnMatrix n = BlockKernel.matrix(normalized, width, scored);
    ColumnMatrix error = BlockKernel.matrix(byHidden, width, columns);
    ColumnMatrix scoredError = error.from(0, first);
    MatrixMultiply multiply = kernels.multiply();
    multiply.addGradient(head(gradient), dz, n, scored, scratch.products);
    multiply.transposedProduct(head(theta), dz, scoredError, scored);
    ColumnMatrix x = x(blocks.size(), plan).from(0, first);
    kernels.norm().backward(theta, gradient, norm, x, scoredError, scored);
    for (int layer = blocks.size() - 1; layer >= 0; layer--) {
      int from = firstColumn(layer, plan);
      blocks.get(layer).backward(theta, gradient, plan, from, x(layer, plan), error, scratch);
    }
    embedBack(gradient, plan, error);
  }

  private void embedBack(float[] gradient, ColumnPlan plan, ColumnMatrix error) {
    int width = shape.width();
    int positions = shape.vocabularySize() * width;
    for (int c = 0; c < plan.columns(); c++) {
      int token = plan.ids[c] * width;
      int position = positions + plan.position(c) * width;
      for (int f = 0; f < width; f++) {
        float e = error.values[f * error.stride + c];
        gradient[token + f] += e;
        gradient[position + f] += e;
      }
    }
  }

  private Weights head(float[] vector) {
    return Weights.biased(vector, headOffset + 2 * shape.width(), outputs, shape.width());
  }

  /** Length of the flat parameter vector. */
  int parameterCount() {
    return headOffset + 2 * shape.width() + outputs * (shape.width() + 1);
  }
}
