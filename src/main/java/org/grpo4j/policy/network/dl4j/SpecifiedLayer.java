package org.grpo4j.policy.network.dl4j;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.grpo4j.policy.network.engine.ParameterSpec;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The common part of the configurations of the three custom layers. DL4J writes a configuration as
 * JSON and makes one again through its no-argument constructor and its annotated fields, and
 * compares two with {@code equals}.
 */
public abstract class SpecifiedLayer extends FeedForwardLayer {

  /** For JSON. */
  protected SpecifiedLayer() {}

  SpecifiedLayer(String name, int inputs, int outputs) {
    setLayerName(name);
    setNIn(inputs);
    setNOut(outputs);
  }

  /** The parameter arrays in the order of the flat vector. */
  abstract List<ParameterSpec> specs();

  /** Index of the layer in the network: part of the key of its random streams. */
  abstract int depth();

  /** The layer that computes, still without parameters. */
  abstract SpecifiedLayerRuntime<?> runtime(
      NeuralNetConfiguration configuration, DataType dataType);

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return SpecifiedLayerRuntime.attach(
        runtime(configuration, dataType), index, parameters, initialize);
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    return InputType.recurrent(getNOut(), RNNFormat.NWC);
  }

  @Override
  public ParamInitializer initializer() {
    return SpecParamInitializer.INSTANCE;
  }

  @Override
  public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public boolean isPretrainParam(String key) {
    return false;
  }

  @Override
  public @Nullable LayerMemoryReport getMemoryReport(InputType inputType) {
    return null;
  }

  /** Names of the parameter arrays, in order. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (ParameterSpec spec : specs()) {
      keys.add(spec.key());
    }
    return keys;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SpecifiedLayer that
        && super.equals(other)
        && specs().equals(that.specs());
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), specs());
  }
}
