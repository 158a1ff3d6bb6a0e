package org.grpo4j.policy.network.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of a pre-norm transformer block, {@code [B, T, D]} to {@code [B, T, D]}:
 *
 * <pre>
 * y   = x + attention(norm1(x))       (Eq. 20, 21)
 * out = y + feedforward(norm2(y))     (Eq. 20, 22)
 * </pre>
 *
 * <p>{@link ReferenceTransformerBlock} computes it in ND4J operations, to be read; the package
 * {@code policy.network.kernels} is the same mathematics by hand, for training.
 */
public final class TransformerBlock extends SpecifiedLayer {

  @JsonProperty private int heads;
  @JsonProperty private int feedForwardWidth;
  @JsonProperty private int layersOfNetwork;
  @JsonProperty private int position;

  /** For JSON. */
  public TransformerBlock() {}

  TransformerBlock(TransformerShape shape, int position) {
    super("block" + position, shape.width(), shape.width());
    this.heads = shape.heads();
    this.feedForwardWidth = shape.feedForwardWidth();
    this.layersOfNetwork = shape.layers();
    this.position = position;
  }

  @Override
  List<ParameterSpec> specs() {
    int width = (int) getNIn();
    double inward = 1 / Math.sqrt(3.0 * width);
    double residual = 1 / Math.sqrt(2.0 * layersOfNetwork);
    double outward = residual / Math.sqrt(3.0 * feedForwardWidth);
    return List.of(
        ParameterSpec.gain("norm1.gain", width),
        ParameterSpec.bias("norm1.bias", width),
        ParameterSpec.weight("attention.qkv.weight", 3 * width, width, inward),
        ParameterSpec.bias("attention.qkv.bias", 3 * width),
        ParameterSpec.weight("attention.output.weight", width, width, inward * residual),
        ParameterSpec.bias("attention.output.bias", width),
        ParameterSpec.gain("norm2.gain", width),
        ParameterSpec.bias("norm2.bias", width),
        ParameterSpec.weight("feedforward.in.weight", feedForwardWidth, width, inward),
        ParameterSpec.bias("feedforward.in.bias", feedForwardWidth),
        ParameterSpec.weight("feedforward.out.weight", width, feedForwardWidth, outward),
        ParameterSpec.bias("feedforward.out.bias", width));
  }

  @Override
  int depth() {
    return 1 + position;
  }

  @Override
  SpecifiedLayerRuntime<?> runtime(NeuralNetConfiguration configuration, DataType dataType) {
    return new ReferenceTransformerBlock(configuration, dataType);
  }

  /** Number of attention heads. */
  public int getHeads() {
    return heads;
  }
}
