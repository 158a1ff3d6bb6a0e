package org.grpo4j.policy.network.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.ParameterMatrix;

/** The parameter arrays of a transformer, in the order of the flat vector. */
public final class TransformerParameters {

  private static final double EMBEDDING_DEVIATION = 0.1;
  private static final double HEAD_DEVIATION = 0.02;

  private TransformerParameters() {}

  /** Those of the embedding of tokens and positions. */
  public static List<ParameterSpec> embedding(int vocabularySize, int contextLength, int width) {
    return List.of(
        ParameterSpec.weight("token", vocabularySize, width, EMBEDDING_DEVIATION),
        ParameterSpec.weight("position", contextLength, width, EMBEDDING_DEVIATION));
  }

  /**
   * Those of a block.
   *
   * @param layers blocks of the whole network: what is added to the residual stream starts smaller
   *     the more of them there are
   */
  public static List<ParameterSpec> block(
      int width, int layers, int feedForwardWidth, Optional<Experts> experts) {
    double inward = 1 / Math.sqrt(3.0 * width);
    double residual = 1 / Math.sqrt(2.0 * layers);
    double outward = residual / Math.sqrt(3.0 * feedForwardWidth);
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(ParameterSpec.gain("norm1.gain", width));
    specs.add(ParameterSpec.bias("norm1.bias", width));
    specs.add(ParameterSpec.weight("attention.qkv.weight", 3 * width, width, inward));
    specs.add(ParameterSpec.bias("attention.qkv.bias", 3 * width));
    specs.add(ParameterSpec.weight("attention.output.weight", width, width, inward * residual));
    specs.add(ParameterSpec.bias("attention.output.bias", width));
    specs.add(ParameterSpec.gain("norm2.gain", width));
    specs.add(ParameterSpec.bias("norm2.bias", width));
    if (feedForwardWidth > 0) {
      specs.add(ParameterSpec.weight("feedforward.in.weight", feedForwardWidth, width, inward));
      specs.add(ParameterSpec.bias("feedforward.in.bias", feedForwardWidth));
      specs.add(ParameterSpec.weight("feedforward.out.weight", width, feedForwardWidth, outward));
    }
    specs.add(ParameterSpec.bias("feedforward.out.bias", width));
    experts.ifPresent(some -> addExperts(some, width, inward, residual, specs));
    return specs;
  }

  private static void addExperts(
      Experts experts, int width, double inward, double residual, List<ParameterSpec> specs) {
    int units = experts.count() * experts.width();
    double outward = residual / Math.sqrt(3.0 * experts.width());
    specs.add(ParameterSpec.weight("feedforward.router.weight", experts.count(), width, inward));
    if (experts.hasBias()) {
      specs.add(ParameterSpec.bias("feedforward.router.bias", experts.count()));
    }
    specs.add(ParameterSpec.weight("feedforward.experts.in.weight", units, width, inward));
    specs.add(ParameterSpec.bias("feedforward.experts.in.bias", units));
    specs.add(
        ParameterSpec.weight(
            "feedforward.experts.out.weight", experts.count() * width, experts.width(), outward));
  }

  /** Those of the head. */
  public static List<ParameterSpec> head(int width, int outputs) {
    return List.of(
        ParameterSpec.gain("norm.gain", width),
        ParameterSpec.bias("norm.bias", width),
        ParameterSpec.weight("weight", outputs, width, HEAD_DEVIATION),
        ParameterSpec.bias("bias", outputs));
  }

  /** Embedding, blocks and head. */
  private static List<List<ParameterSpec>> layers(TransformerShape shape, int outputs) {
    int width = shape.width();
    List<List<ParameterSpec>> layers = new ArrayList<>();
    layers.add(embedding(shape.vocabularySize(), shape.contextLength(), width));
    for (int i = 0; i < shape.layers(); i++) {
      layers.add(block(width, shape.layers(), shape.feedForwardWidth(), shape.experts()));
    }
    layers.add(head(width, outputs));
    return layers;
  }

  /** The named arrays with their places in the flat vector. */
  public static List<ParameterMatrix> matrices(TransformerShape shape, int outputs) {
    List<List<ParameterSpec>> layers = layers(shape, outputs);
    List<ParameterMatrix> matrices = new ArrayList<>();
    int offset = 0;
    for (int i = 0; i < layers.size(); i++) {
      String name = i == 0 ? "embedding" : i <= shape.layers() ? "block" + (i - 1) : "head";
      for (ParameterSpec spec : layers.get(i)) {
        ParameterBlock block = new ParameterBlock(name + "." + spec.key(), offset, spec.size());
        matrices.add(new ParameterMatrix(block, spec.isWeight() ? spec.columns() : spec.size()));
        offset += spec.size();
      }
    }
    return List.copyOf(matrices);
  }

  /** The length of the flat vector. */
  public static int count(TransformerShape shape, int outputs) {
    int count = 0;
    for (ParameterMatrix matrix : matrices(shape, outputs)) {
      count += matrix.block().size();
    }
    return count;
  }

  /** The first values of the flat vector, in double. */
  public static double[] firstValues(TransformerShape shape, int outputs, long seed) {
    RandomStreams streams = new RandomStreams(seed);
    List<List<ParameterSpec>> layers = layers(shape, outputs);
    double[] values = new double[count(shape, outputs)];
    int offset = 0;
    for (int depth = 0; depth < layers.size(); depth++) {
      for (int i = 0; i < layers.get(depth).size(); i++) {
        ParameterSpec spec = layers.get(depth).get(i);
        double[] first = spec.firstValues(streams.stream(Purpose.PARAMETERS, depth, i));
        System.arraycopy(first, 0, values, offset, first.length);
        offset += first.length;
      }
    }
    return values;
  }
}
