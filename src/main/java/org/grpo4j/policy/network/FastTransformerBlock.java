package org.grpo4j.policy.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The transformer block over the kernels, as a DL4J layer. */
final class FastTransformerBlock extends SpecifiedLayerRuntime<TransformerBlock> {

  private static final long serialVersionUID = 1L;

  FastTransformerBlock(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  @Override
  public INDArray rnnTimeStep(INDArray next, LayerWorkspaceMgr workspaces) {
    throw new UnsupportedOperationException();
  }
}
