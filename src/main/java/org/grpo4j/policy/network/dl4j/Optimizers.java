package org.grpo4j.policy.network.dl4j;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Optimizer;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.SgdSettings;
import org.grpo4j.policy.network.engine.FlatArrays;
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
    IUpdater updater =
        settings instanceof SgdSettings sgd ? new Momentum(sgd) : adam((AdamSettings) settings);
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

  /** {@code network} with this optimiser as it is. */
  public static MultiLayerNetwork with(MultiLayerNetwork network, Optimizer optimizer) {
    MultiLayerNetwork to = withFresh(network, optimizer.settings());
    INDArray state = to.getUpdater().getStateViewArray();
    if (state != null) { // plain gradient descent has none
      FlatArrays.write(optimizer.state(), 1, state);
    }
    to.setIterationCount((int) optimizer.steps());
    return to;
  }

  /** The optimiser of a network as it is. */
  public static Optimizer of(MultiLayerNetwork network) {
    IUpdater updater = ((BaseLayer) network.getLayer(0).conf().getLayer()).getIUpdater();
    OptimizerSettings settings =
        updater instanceof Adam adam
            ? new AdamSettings(adam.getBeta1(), adam.getBeta2(), adam.getEpsilon())
            : ((Momentum) updater).settings();
    INDArray state = network.getUpdater().getStateViewArray();
    return Optimizer.of(
        settings,
        (int) network.numParams(),
        state == null ? new double[0] : FlatArrays.doubles(state),
        network.getIterationCount());
  }
}
