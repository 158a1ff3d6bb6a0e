package org.grpo4j.policy.network.dl4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.grpo4j.policy.network.engine.ParameterSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Cuts a layer's parameters out of DL4J's flat vector, in the order of its {@link ParameterSpec}s,
 * row-major, and draws their first values from the keyed streams of the configuration's seed.
 */
final class SpecParamInitializer implements ParamInitializer {

  static final SpecParamInitializer INSTANCE = new SpecParamInitializer();

  private SpecParamInitializer() {}

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    long size = 0;
    for (ParameterSpec spec : specs(layer)) {
      size += spec.size();
    }
    return size;
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return ((SpecifiedLayer) layer).keys();
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    List<String> keys = new ArrayList<>(paramKeys(layer));
    keys.removeIf(key -> isBiasParam(layer, key));
    return keys;
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    List<String> keys = new ArrayList<>(paramKeys(layer));
    keys.removeIf(key -> isWeightParam(layer, key));
    return keys;
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return specs(layer).stream().anyMatch(spec -> spec.key().equals(key) && spec.isWeight());
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return specs(layer).stream().anyMatch(spec -> spec.key().equals(key) && !spec.isWeight());
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray flat, boolean initialize) {
    Map<String, INDArray> views = views(configuration, flat);
    if (initialize) {
      SpecifiedLayer layer = (SpecifiedLayer) configuration.getLayer();
      RandomStreams streams = new RandomStreams(configuration.getSeed());
      int index = 0;
      for (ParameterSpec spec : layer.specs()) {
        SplittableRandom random = streams.stream(Purpose.PARAMETERS, layer.depth(), index++);
        draw(spec, random, view(views, spec.key()));
      }
    }
    for (Map.Entry<String, INDArray> entry : views.entrySet()) {
      configuration.addVariable(entry.getKey());
    }
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray flat) {
    return views(configuration, flat);
  }

  private static Map<String, INDArray> views(NeuralNetConfiguration configuration, INDArray flat) {
    INDArray vector = flat.reshape('c', new long[] {flat.length()});
    Map<String, INDArray> views = new LinkedHashMap<>();
    long offset = 0;
    for (ParameterSpec spec : specs(configuration.getLayer())) {
      INDArray part = vector.get(NDArrayIndex.interval(offset, offset + spec.size()));
      views.put(spec.key(), part.reshape('c', spec.shape()));
      offset += spec.size();
    }
    return views;
  }

  private static void draw(ParameterSpec spec, SplittableRandom random, INDArray into) {
    INDArray vector = into.reshape('c', new long[] {into.length()});
    double[] values = spec.firstValues(random);
    for (int i = 0; i < values.length; i++) {
      vector.putScalar(i, values[i]);
    }
  }

  private static INDArray view(Map<String, INDArray> views, String key) {
    INDArray view = views.get(key);
    if (view == null) {
      throw new IllegalStateException("no parameter " + key);
    }
    return view;
  }

  private static List<ParameterSpec> specs(Layer layer) {
    return ((SpecifiedLayer) layer).specs();
  }
}
