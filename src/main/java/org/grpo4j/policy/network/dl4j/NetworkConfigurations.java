package org.grpo4j.policy.network.dl4j;

import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.policy.network.engine.NativeThreads;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The DL4J configurations. Workspaces are off and no layer is an output layer: the error comes from
 * outside.
 */
public final class NetworkConfigurations {

  private static final AdamSettings INITIAL = new AdamSettings(0.9, 0.999, 1e-8);

  private NetworkConfigurations() {}

  /** A transformer whose head gives one logit for each symbol. */
  public static MultiLayerConfiguration transformer(
      TransformerShape shape, Precision precision, long seed) {
    return transformer(shape, shape.vocabularySize(), precision, seed);
  }

  /**
   * A transformer with a head of any size.
   *
   * @param outputs numbers the head gives per token: logits and values
   */
  public static MultiLayerConfiguration transformer(
      TransformerShape shape, int outputs, Precision precision, long seed) {
    return transformerLayers(shape, outputs, precision, seed).build();
  }

  /** {@code TokenEmbedding -> TransformerBlock x L -> LmHead}, open for more layers. */
  public static NeuralNetConfiguration.ListBuilder transformerLayers(
      TransformerShape shape, int outputs, Precision precision, long seed) {
    NeuralNetConfiguration.ListBuilder layers = builder(precision, seed).list();
    layers.layer(new TokenEmbedding(shape));
    for (int i = 0; i < shape.layers(); i++) {
      layers.layer(new TransformerBlock(shape, i));
    }
    return layers.layer(new LmHead(shape.width(), outputs, shape.layers() + 1));
  }

  /** The experts that the blocks of a network have; empty if they have none. */
  public static Optional<Experts> experts(MultiLayerNetwork network) {
    return network.getLayer(1).conf().getLayer() instanceof TransformerBlock block
        ? block.experts()
        : Optional.empty();
  }

  /** Stock embedding and LSTM layers with the transformer's head. */
  public static MultiLayerConfiguration lstm(
      TransformerShape shape, int outputs, Precision precision, long seed) {
    int width = shape.width();
    return builder(precision, seed)
        .list()
        .layer(
            new EmbeddingSequenceLayer.Builder()
                .name("embedding")
                .nIn(shape.vocabularySize())
                .nOut(width)
                .hasBias(false)
                .inferInputLength(true)
                .outputDataFormat(RNNFormat.NWC)
                .weightInit(new KeyedNormal(seed, 0, 0.1))
                .build())
        .layer(
            new LSTM.Builder()
                .name("lstm")
                .nIn(width)
                .nOut(width)
                .dataFormat(RNNFormat.NWC)
                .activation(Activation.TANH)
                .weightInit(new KeyedNormal(seed, 1, 1 / Math.sqrt(width)))
                .weightInitRecurrent(new KeyedNormal(seed, 2, 1 / Math.sqrt(width)))
                .build())
        .layer(new LmHead(width, outputs, 3))
        .build();
  }

  private static NeuralNetConfiguration.Builder builder(Precision precision, long seed) {
    NativeThreads.one();
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .dataType(precision == Precision.REFERENCE_DOUBLE ? DataType.DOUBLE : DataType.FLOAT)
        .updater(Optimizers.adam(INITIAL))
        .trainingWorkspaceMode(WorkspaceMode.NONE)
        .inferenceWorkspaceMode(WorkspaceMode.NONE);
  }
}
