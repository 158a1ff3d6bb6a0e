package org.grpo4j.policy.network.dl4j;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Running form of {@link TokenEmbedding}. */
final class TokenEmbeddingLayer extends SpecifiedLayerRuntime<TokenEmbedding> {

  private static final long serialVersionUID = 1L;
  private static final String READ = "read";

  TokenEmbeddingLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, embed(input, 0));
  }

  @Override
  public INDArray rnnTimeStep(INDArray ids, LayerWorkspaceMgr workspaces) {
    requireSameBatch(READ, ids.size(0));
    INDArray read = state.get(READ);
    int first = read == null ? 0 : (int) read.getDouble(0, 0);
    INDArray embedded = embed(ids, first);
    // One row per sequence, so that whoever copies rows of the state need not know this one.
    state.put(READ, Nd4j.valueArrayOf(new long[] {ids.size(0), 1}, first + ids.size(1), dataType));
    return embedded;
  }

  /** {@code x_bt = E[o_bt] + P[first + t]}. */
  private INDArray embed(INDArray ids, int first) {
    int sequences = (int) ids.size(0);
    int tokens = (int) ids.size(1);
    if (first + tokens > layerConf().getContextLength()) {
      throw new IllegalArgumentException(
          "tokens: the context has room for "
              + layerConf().getContextLength()
              + ", got "
              + (first + tokens));
    }
    INDArray rows = Nd4j.pullRows(parameter("token"), 1, flatIds(ids));
    int[] places = IntStream.range(first, first + tokens).toArray();
    INDArray positions = Nd4j.pullRows(parameter("position"), 1, places);
    int width = (int) layerConf().getNOut();
    return rows.reshape('c', sequences, tokens, width)
        .add(positions.reshape('c', 1, tokens, width).broadcast(sequences, tokens, width));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
    int tokens = (int) input.size(1);
    int width = (int) layerConf().getNOut();
    INDArray byToken = Nd4j.zeros(dataType, parameter("token").shape());
    INDArray rows = error.dup('c').reshape('c', input.length(), width);
    int[] ids = flatIds(input);
    for (int i = 0; i < ids.length; i++) {
      byToken.getRow(ids[i]).addi(rows.getRow(i));
    }
    INDArray byPosition = Nd4j.zeros(dataType, parameter("position").shape());
    byPosition
        .get(NDArrayIndex.interval(0, tokens), NDArrayIndex.all())
        .assign(error.sum(0).reshape('c', tokens, width));
    putGradient("token", byToken);
    putGradient("position", byPosition);
    return gradientAnd(Nd4j.zeros(dataType, input.shape()), workspaces);
  }

  private static int[] flatIds(INDArray ids) {
    return ids.dup('c').reshape('c', new long[] {ids.length()}).toIntVector();
  }
}
