package org.grpo4j.policy.network.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.grpo4j.policy.network.engine.ParameterSpec;
import org.grpo4j.policy.network.engine.TransformerParameters;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of the last layer: {@code z = W norm(x) + b}, {@code [B, T, D]} to logits {@code
 * [B, T, V]} (Eq. 20, 23). The log-softmax belongs to the policy, not to the network. With one more
 * output than symbols the last is a value; with a single output the network is a critic.
 */
public final class LmHead extends SpecifiedLayer {

  @JsonProperty private int position;

  /** For JSON. */
  public LmHead() {}

  /**
   * @param position index of the layer in its network
   */
  LmHead(int width, int outputs, int position) {
    super("head", width, outputs);
    this.position = position;
  }

  @Override
  List<ParameterSpec> specs() {
    return TransformerParameters.head((int) getNIn(), (int) getNOut());
  }

  @Override
  int depth() {
    return position;
  }

  @Override
  SpecifiedLayerRuntime<?> runtime(NeuralNetConfiguration configuration, DataType dataType) {
    return new LmHeadLayer(configuration, dataType);
  }
}
