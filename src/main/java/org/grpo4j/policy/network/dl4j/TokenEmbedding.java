package org.grpo4j.policy.network.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.grpo4j.policy.network.engine.ParameterSpec;
import org.grpo4j.policy.network.engine.TransformerParameters;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of the first layer: {@code x_t = E[o_t] + P[t]}, token ids {@code [B, T]} to {@code
 * [B, T, D]}, with learned positions.
 */
public final class TokenEmbedding extends SpecifiedLayer {

  @JsonProperty private int contextLength;

  /** For JSON. */
  public TokenEmbedding() {}

  TokenEmbedding(TransformerShape shape) {
    super("embedding", shape.vocabularySize(), shape.width());
    this.contextLength = shape.contextLength();
  }

  @Override
  List<ParameterSpec> specs() {
    return TransformerParameters.embedding((int) getNIn(), contextLength, (int) getNOut());
  }

  @Override
  int depth() {
    return 0;
  }

  @Override
  SpecifiedLayerRuntime<?> runtime(NeuralNetConfiguration configuration, DataType dataType) {
    return new TokenEmbeddingLayer(configuration, dataType);
  }

  /** Most tokens of a sequence. */
  public int getContextLength() {
    return contextLength;
  }
}
