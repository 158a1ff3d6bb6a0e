package org.grpo4j.policy.network.dl4j;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.grpo4j.policy.AdamSettings;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * DL4J's Adam (Eq. 11) behind the policy. Its small constant is added to the root of the second
 * moment before the bias correction, so it weighs a little more in the first steps than in
 * PyTorch's form.
 */
public final class Optimizers {

  /** Replaced at every step. */
  private static final double ANY_LEARNING_RATE = 1e-3;

  private Optimizers() {}

  static Adam adam(AdamSettings settings) {
    return new Adam(ANY_LEARNING_RATE, settings.beta1(), settings.beta2(), settings.epsilon());
  }

  /**
   * Sets the rate of the next step where the running updater reads it. ({@code
   * MultiLayerNetwork.setLearningRate} would rebuild the updater each time.)
   */
  public static void setLearningRate(MultiLayerNetwork network, double learningRate) {
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      for (String key : layer.paramTable().keySet()) {
        if (layer.conf().getLayer().getUpdaterByParam(key) instanceof Adam adam) {
          adam.setLearningRate(learningRate);
        }
      }
    }
  }

  /**
   * Turns the network's flat gradient into the step to subtract, by DL4J's updater. Its blocks are
   * called directly: {@code Updater.update} would first divide by a batch size, which the
   * coefficients have done, and clip per layer, which nobody asked for.
   */
  public static void applyUpdater(MultiLayerNetwork network) {
    MultiLayerUpdater updater = (MultiLayerUpdater) network.getUpdater();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      block.update(network.getIterationCount(), 0);
    }
  }

  /** The same network with the same parameters and an optimiser that has taken no step. */
  public static MultiLayerNetwork withFreshAdam(MultiLayerNetwork network, AdamSettings settings) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations().clone();
    configuration.setIterationCount(0);
    for (int i = 0; i < configuration.getConfs().size(); i++) {
      BaseLayer layer = (BaseLayer) configuration.getConf(i).getLayer();
      layer.setIUpdater(adam(settings));
    }
    MultiLayerNetwork fresh = new MultiLayerNetwork(configuration);
    fresh.init(network.params().dup(), false);
    return fresh;
  }

  /** Gives {@code to} the moments and the step count of {@code from}, a network of equal layers. */
  public static void copyState(MultiLayerNetwork from, MultiLayerNetwork to) {
    INDArray moments = from.getUpdater().getStateViewArray();
    to.getUpdater().getStateViewArray().assign(moments);
    to.setIterationCount(from.getIterationCount());
  }
}
