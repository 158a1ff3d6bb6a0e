package org.grpo4j.policy.network.dl4j;

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
 * The transformer block to read: each line of {@link #block} is a line of the mathematics, each
 * local an array with a name and a shape. {@link org.grpo4j.policy.network.kernels.BlockKernel}
 * computes the same faster.
 *
 * <p>Tokens are rows here: {@code [B, T, D]} is treated as {@code [B*T, D]}, except in the
 * attention.
 */
final class ReferenceTransformerBlock extends SpecifiedLayerRuntime<TransformerBlock> {

  private static final long serialVersionUID = 1L;
  private static final String KEYS = "keys";
  private static final String VALUES = "values";

  /** The results of the forward pass that the backward pass needs. */
  private record Kept(
      LayerNormOperation norm1,
      INDArray normalized1,
      AttentionOperation attention,
      INDArray attended,
      LayerNormOperation norm2,
      INDArray normalized2,
      @Nullable INDArray hidden,
      @Nullable ExpertsOperation experts) {}

  private transient @Nullable Kept kept;

  /** The experts that the next tokens go through; null where the router decides. */
  private transient int @Nullable [] given;

  /** The balance loss's error of the router's probabilities; null for none. */
  private transient @Nullable INDArray byProbabilities;

  ReferenceTransformerBlock(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    AttentionOperation attention = new AttentionOperation(layerConf().getHeads());
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, block(input, attention));
  }

  /** The next tokens, given the keys and values of all tokens before them. */
  @Override
  public INDArray rnnTimeStep(INDArray next, LayerWorkspaceMgr workspaces) {
    requireSameBatch(KEYS, next.size(0));
    AttentionOperation attention =
        new AttentionOperation(layerConf().getHeads(), state.get(KEYS), state.get(VALUES));
    INDArray output = block(next, attention);
    state.put(KEYS, attention.keys());
    state.put(VALUES, attention.values());
    return output;
  }

  private INDArray block(INDArray sequences, AttentionOperation attention) {
    long batch = sequences.size(0);
    long time = sequences.size(1);
    INDArray x = sequences.dup('c').reshape('c', batch * time, sequences.size(2));

    LayerNormOperation norm1 = norm("norm1");
    INDArray normalized1 = norm1.forward(x);
    INDArray queriesKeysValues = linear("attention.qkv", normalized1);
    INDArray attended = attention.forward(queriesKeysValues, batch, time);
    INDArray y = x.add(linear("attention.output", attended));

    LayerNormOperation norm2 = norm("norm2");
    INDArray normalized2 = norm2.forward(y);
    INDArray hidden = null;
    INDArray output;
    if (layerConf().hasDensePart()) {
      INDArray preActivation = linear("feedforward.in", normalized2);
      hidden = preActivation.mul(preActivation.gt(0).castTo(dataType));
      output = y.add(linear("feedforward.out", hidden));
    } else {
      output = y.addRowVector(parameter("feedforward.out.bias"));
    }
    ExpertsOperation experts =
        layerConf().experts().map(e -> new ExpertsOperation(e, this::parameter)).orElse(null);
    if (experts != null) {
      output.addi(experts.forward(normalized2, given));
    }

    kept = new Kept(norm1, normalized1, attention, attended, norm2, normalized2, hidden, experts);
    return output.reshape('c', sequences.shape());
  }

  /**
   * Prepares the next pass.
   *
   * @param experts of each token, {@code [B*T][k]}, -1 where the router decides; null if it decides
   *     everywhere
   * @param error {@code dL/dp} of the router, {@code [B*T, E]}; null for none
   */
  void route(int @Nullable [] experts, @Nullable INDArray error) {
    given = experts;
    byProbabilities = error;
  }

  /** The experts as they were used. */
  ExpertsOperation experts() {
    if (kept == null || kept.experts() == null) {
      throw new IllegalStateException("no forward pass through experts");
    }
    return kept.experts();
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
    if (kept == null) {
      throw new IllegalStateException("no forward pass to go back through");
    }
    long tokens = error.size(0) * error.size(1);
    INDArray byOutput = error.dup('c').reshape('c', tokens, error.size(2));

    INDArray byNormalized2 = feedForwardBack(kept, byOutput);
    INDArray byY = byOutput.add(normBack("norm2", kept.norm2(), byNormalized2));

    INDArray byAttended = linearBack("attention.output", kept.attended(), byY);
    INDArray byQueriesKeysValues = kept.attention().backward(byAttended);
    INDArray byNormalized1 = linearBack("attention.qkv", kept.normalized1(), byQueriesKeysValues);
    INDArray byX = byY.add(normBack("norm1", kept.norm1(), byNormalized1));

    return gradientAnd(byX.reshape('c', error.shape()), workspaces);
  }

  private INDArray feedForwardBack(Kept forward, INDArray byOutput) {
    INDArray hidden = forward.hidden();
    INDArray byNormalized2;
    if (hidden != null) {
      INDArray byHidden = linearBack("feedforward.out", hidden, byOutput);
      byHidden.muli(hidden.gt(0).castTo(dataType));
      byNormalized2 = linearBack("feedforward.in", forward.normalized2(), byHidden);
    } else {
      putGradient("feedforward.out.bias", byOutput.sum(0));
      byNormalized2 = Nd4j.zeros(dataType, byOutput.shape());
    }
    ExpertsOperation experts = forward.experts();
    if (experts != null) {
      byNormalized2.addi(experts.backward(byOutput, byProbabilities));
      experts.gradients().forEach(this::putGradient);
    }
    return byNormalized2;
  }

  private LayerNormOperation norm(String name) {
    return new LayerNormOperation(parameter(name + ".gain"), parameter(name + ".bias"));
  }

  private INDArray normBack(String name, LayerNormOperation norm, INDArray byNormalized) {
    INDArray byInput = norm.backward(byNormalized);
    putGradient(name + ".gain", norm.gainGradient());
    putGradient(name + ".bias", norm.biasGradient());
    return byInput;
  }

  /** {@code x W^T + b}. */
  private INDArray linear(String name, INDArray x) {
    return x.mmul(parameter(name + ".weight").transpose()).addiRowVector(parameter(name + ".bias"));
  }

  private INDArray linearBack(String name, INDArray x, INDArray byOutput) {
    putGradient(name + ".weight", byOutput.transpose().mmul(x));
    putGradient(name + ".bias", byOutput.sum(0));
    return byOutput.mmul(parameter(name + ".weight"));
  }
}
