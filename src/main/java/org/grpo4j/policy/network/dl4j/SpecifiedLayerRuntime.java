package org.grpo4j.policy.network.dl4j;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The shared part of the running forms of the custom layers: DL4J's book-keeping, so that each is
 * left with {@code activate}, {@code backpropGradient} and {@code rnnTimeStep}. A layer keeps its
 * activations and its decoding state: one thread at a time.
 */
abstract class SpecifiedLayerRuntime<C extends SpecifiedLayer> extends BaseLayer<C>
    implements RecurrentLayer {

  /** Rows are short: gradients go through all of them. */
  private static final String TRUNCATED =
      "backpropType: must be Standard, truncated back-propagation through time is not offered";

  private static final long serialVersionUID = 1L;

  /** The state of decoding so far, by name; one row per sequence. Empty at the start. */
  protected transient Map<String, INDArray> state = new HashMap<>();

  SpecifiedLayerRuntime(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  /** Wires a new layer to its part of the network's flat parameter vector. */
  static Layer attach(
      SpecifiedLayerRuntime<?> layer, int index, INDArray parameters, boolean initialize) {
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    NeuralNetConfiguration configuration = layer.conf();
    layer.setParamTable(
        configuration.getLayer().initializer().init(configuration, parameters, initialize));
    layer.setConf(configuration);
    return layer;
  }

  /** The parameter array {@code key}. */
  INDArray parameter(String key) {
    INDArray parameter = params.get(key);
    if (parameter == null) {
      throw new IllegalStateException("no parameter " + key);
    }
    return parameter;
  }

  /** Writes one parameter's gradient into DL4J's gradient buffer. */
  void putGradient(String key, INDArray value) {
    INDArray view = gradientViews.get(key);
    if (view == null) {
      throw new IllegalStateException("no gradient view " + key);
    }
    view.assign(value.reshape('c', view.shape()));
  }

  /** The gradient views in parameter order, beside the error of the layer's input. */
  Pair<Gradient, INDArray> gradientAnd(INDArray inputError, LayerWorkspaceMgr workspaces) {
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    for (String key : layerConf().keys()) {
      gradient.setGradientFor(key, gradientViews.get(key));
    }
    return new Pair<>(gradient, workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, inputError));
  }

  @Override
  public Map<String, INDArray> rnnGetPreviousState() {
    return new HashMap<>(state);
  }

  @Override
  public void rnnSetPreviousState(Map<String, INDArray> previous) {
    state = new HashMap<>(previous);
  }

  @Override
  public void rnnClearPreviousState() {
    state = new HashMap<>();
  }

  /** Fails if a decoding step has another number of sequences than the one before it. */
  void requireSameBatch(String key, long sequences) {
    INDArray kept = state.get(key);
    if (kept != null && kept.size(0) != sequences) {
      throw new IllegalStateException(
          layerConf().getLayerName()
              + ": decoding began with "
              + kept.size(0)
              + " sequences and continues with "
              + sequences
              + "; call rnnClearPreviousState() first");
    }
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray input, boolean training, boolean store, LayerWorkspaceMgr workspaces) {
    throw new UnsupportedOperationException(TRUNCATED);
  }

  @Override
  public Map<String, INDArray> rnnGetTBPTTState() {
    return Map.of();
  }

  @Override
  public void rnnSetTBPTTState(Map<String, INDArray> ignored) {}

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray error, int length, LayerWorkspaceMgr workspaces) {
    throw new UnsupportedOperationException(TRUNCATED);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {}
}
