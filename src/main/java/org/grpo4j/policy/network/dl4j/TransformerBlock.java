package org.grpo4j.policy.network.dl4j;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.grpo4j.policy.network.engine.Balance;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.policy.network.engine.ParameterSpec;
import org.grpo4j.policy.network.engine.TransformerParameters;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of a pre-norm transformer block, {@code [B, T, D]} to {@code [B, T, D]}:
 *
 * <pre>
 * y   = x + attention(norm1(x))       (Eq. 20, 21)
 * out = y + feedforward(norm2(y))     (Eq. 20, 22; with experts also 24)
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

  /** Count, active, width, loss weight and bias step of experts; nothing for a dense block. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private double[] experts = new double[0];

  /** For JSON. */
  public TransformerBlock() {}

  TransformerBlock(TransformerShape shape, int position) {
    super("block" + position, shape.width(), shape.width());
    this.heads = shape.heads();
    this.feedForwardWidth = shape.feedForwardWidth();
    this.layersOfNetwork = shape.layers();
    this.position = position;
    shape
        .experts()
        .ifPresent(
            e -> {
              double loss = e.balance().lossWeight();
              double step = e.balance().biasStep();
              this.experts = new double[] {e.count(), e.active(), e.width(), loss, step};
            });
  }

  @Override
  List<ParameterSpec> specs() {
    return TransformerParameters.block(
        (int) getNIn(), layersOfNetwork, feedForwardWidth, experts());
  }

  /** Whether there is a feed-forward part that every token goes through. */
  boolean hasDensePart() {
    return feedForwardWidth > 0;
  }

  /** The experts; empty for a dense block. */
  public Optional<Experts> experts() {
    if (experts.length == 0) {
      return Optional.empty();
    }
    Balance balance = Balance.of(experts[3], experts[4]);
    return Optional.of(
        new Experts(
            (int) experts[0], (int) experts[1], (int) experts[2], feedForwardWidth, balance));
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
