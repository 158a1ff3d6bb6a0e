package org.grpo4j.policy.network.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Running form of {@link LmHead}. */
final class LmHeadLayer extends SpecifiedLayerRuntime<LmHead> {

  private static final long serialVersionUID = 1L;

  private transient @Nullable LayerNormOperation norm;
  private transient @Nullable INDArray normalized;

  LmHeadLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, logits(input));
  }

  @Override
  public INDArray rnnTimeStep(INDArray hidden, LayerWorkspaceMgr workspaces) {
    return logits(hidden);
  }

  private INDArray logits(INDArray hidden) {
    long tokens = hidden.size(0) * hidden.size(1);
    INDArray x = hidden.dup('c').reshape('c', tokens, hidden.size(2));
    norm = new LayerNormOperation(parameter("norm.gain"), parameter("norm.bias"));
    normalized = norm.forward(x);
    INDArray logits = normalized.mmul(parameter("weight").transpose());
    logits.addiRowVector(parameter("bias"));
    return logits.dup('c').reshape('c', hidden.size(0), hidden.size(1), layerConf().getNOut());
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
    if (norm == null || normalized == null) {
      throw new IllegalStateException("no forward pass to go back through");
    }
    long tokens = error.size(0) * error.size(1);
    INDArray byLogits = error.dup('c').reshape('c', tokens, error.size(2));
    putGradient("weight", byLogits.transpose().mmul(normalized));
    putGradient("bias", byLogits.sum(0));
    INDArray byHidden = norm.backward(byLogits.mmul(parameter("weight")));
    putGradient("norm.gain", norm.gainGradient());
    putGradient("norm.bias", norm.biasGradient());
    return gradientAnd(byHidden.reshape('c', input.shape()), workspaces);
  }
}
