package org.grpo4j.policy.network.dl4j;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.SgdSettings;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * DL4J's Adam (Eq. 11), or {@link Momentum}, behind the policy. Adam's small constant is added to
 * the root of the second moment before the bias correction, so it weighs a little more in the first
 * steps than in PyTorch's form.
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
        IUpdater updater = layer.conf().getLayer().getUpdaterByParam(key);
        if (updater instanceof Adam adam) {
          adam.setLearningRate(learningRate);
        } else if (updater instanceof Momentum momentum) {
          momentum.setLearningRate(learningRate);
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
  public static MultiLayerNetwork withFresh(MultiLayerNetwork network, OptimizerSettings settings) {
    return withFresh(
        network,
        settings instanceof SgdSettings sgd ? new Momentum(sgd) : adam((AdamSettings) settings));
  }

  private static MultiLayerNetwork withFresh(MultiLayerNetwork network, IUpdater updater) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations().clone();
    configuration.setIterationCount(0);
    for (int i = 0; i < configuration.getConfs().size(); i++) {
      BaseLayer layer = (BaseLayer) configuration.getConf(i).getLayer();
      layer.setIUpdater(updater.clone());
    }
    MultiLayerNetwork fresh = new MultiLayerNetwork(configuration);
    fresh.init(network.params().dup(), false);
    return fresh;
  }

  /** {@code network} with the optimiser of {@code from}, a network of equal layers, as it is. */
  public static MultiLayerNetwork withThatOf(MultiLayerNetwork from, MultiLayerNetwork network) {
    BaseLayer layer = (BaseLayer) from.getLayer(0).conf().getLayer();
    MultiLayerNetwork to = withFresh(network, layer.getIUpdater());
    INDArray state = from.getUpdater().getStateViewArray();
    if (state != null) { // plain gradient descent has none
      to.getUpdater().getStateViewArray().assign(state);
    }
    to.setIterationCount(from.getIterationCount());
    return to;
  }
}
