package org.grpo4j.policy.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The transformer block over the kernels, as a DL4J layer: turns {@code [B, T, D]} into columns,
 * calls {@link BlockKernel} and turns the columns back. {@link KernelEngine} calls the same kernels
 * without the turning; this form proves that they are a DL4J layer like any other.
 */
final class FastTransformerBlock extends SpecifiedLayerRuntime<TransformerBlock> {

  private static final long serialVersionUID = 1L;
  private static final String KEYS = "keys";
  private static final String VALUES = "values";

  private final transient BlockKernel kernel;
  private final transient BlockScratch scratch = new BlockScratch();
  private transient @Nullable ColumnPlan plan;
  private transient ColumnMatrix columns = new ColumnMatrix(new float[0], 0, 0);

  FastTransformerBlock(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
    TransformerBlock block = layerConf();
    this.kernel =
        new BlockKernel(
            Kernels.fastest(),
            new BlockParameters(
                0, (int) block.getNIn(), block.getHeads(), block.getFeedForwardWidth()));
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    int time = (int) input.size(1);
    INDArray output = forward(input, ColumnPlan.rowsOnly((int) input.size(0), 0, time, time));
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, output);
  }

  @Override
  public INDArray rnnTimeStep(INDArray next, LayerWorkspaceMgr workspaces) {
    requireSameBatch(KEYS, next.size(0));
    INDArray keys = state.get(KEYS);
    INDArray values = state.get(VALUES);
    int seen = keys == null ? 0 : (int) keys.size(1);
    int time = (int) next.size(1);
    ColumnPlan step = ColumnPlan.rowsOnly((int) next.size(0), seen, time, seen + time);
    if (keys != null && values != null) {
      toColumns(keys, step.paddedRows, seen + time, kernel.keys());
      toColumns(values, step.paddedRows, seen + time, kernel.values());
    }
    INDArray output = forward(next, step);
    int width = (int) next.size(2);
    ColumnMatrix k = BlockKernel.matrix(kernel.keys(), width, (seen + time) * step.paddedRows);
    ColumnMatrix v = BlockKernel.matrix(kernel.values(), width, (seen + time) * step.paddedRows);
    state.put(KEYS, toSequences(k, step.rows, step.paddedRows, seen + time, width));
    state.put(VALUES, toSequences(v, step.rows, step.paddedRows, seen + time, width));
    return output;
  }

  private INDArray forward(INDArray sequences, ColumnPlan step) {
    int width = (int) sequences.size(2);
    plan = step;
    columns = toColumns(sequences, step.paddedRows, step.steps, new FloatScratch());
    ColumnMatrix output = BlockKernel.matrix(new FloatScratch(), width, step.columns());
    kernel.forward(parameters(), step, 0, columns, output);
    return toSequences(output, step.rows, step.paddedRows, step.steps, width);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
    if (plan == null) {
      throw new IllegalStateException("no forward pass to go back through");
    }
    ColumnMatrix byColumns = toColumns(error, plan.paddedRows, plan.steps, new FloatScratch());
    float[] gradient = new float[(int) numParams()];
    kernel.backward(parameters(), gradient, plan, 0, columns, byColumns, scratch);
    INDArray flat = Nd4j.createFromArray(gradient).reshape(gradientsFlattened.shape());
    gradientsFlattened.assign(flat);
    int width = (int) error.size(2);
    return gradientAnd(
        toSequences(byColumns, plan.rows, plan.paddedRows, plan.steps, width), workspaces);
  }

  /** The layer's parameters; a copy, since they are a view somewhere inside the flat vector. */
  private float[] parameters() {
    return paramsFlattened.dup('c').data().asFloat();
  }

  /** {@code [B, T, D]} as columns {@code t * paddedRows + b}, with room for {@code time} tokens. */
  private static ColumnMatrix toColumns(
      INDArray sequences, int paddedRows, int time, FloatScratch into) {
    int rows = (int) sequences.size(0);
    int tokens = (int) sequences.size(1);
    int width = (int) sequences.size(2);
    ColumnMatrix matrix = BlockKernel.matrix(into, width, time * paddedRows);
    float[] source = sequences.dup('c').data().asFloat();
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < tokens; t++) {
        for (int f = 0; f < width; f++) {
          matrix.values[matrix.row(f) + t * paddedRows + r] = source[(r * tokens + t) * width + f];
        }
      }
    }
    return matrix;
  }

  private static INDArray toSequences(
      ColumnMatrix matrix, int rows, int paddedRows, int time, int width) {
    float[] target = new float[rows * time * width];
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < time; t++) {
        for (int f = 0; f < width; f++) {
          target[(r * time + t) * width + f] = matrix.values[matrix.row(f) + t * paddedRows + r];
        }
      }
    }
    return Nd4j.create(target, new long[] {rows, time, width}, 'c');
  }
}
