package org.grpo4j.policy.network.kernels;

import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.network.engine.Engine;
import org.grpo4j.policy.network.engine.MicroPass;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/**
 * The hand-written kernels on one shared, read-only parameter vector. Each pass has activations of
 * its own, taken from a pool and given back.
 */
public final class KernelEngine implements Engine {

  private final TransformerShape shape;
  private final int outputs;
  private final Kernels kernels;
  private final Stacks stacks;
  private final Deque<KernelPass> passes;
  private final Deque<TransformerKernel> decoders;
  private volatile float[] parameters;

  /** Makes the stacks on which activations wait to be used again. */
  public interface Stacks {
    /** An empty one, for all threads that use the engine. */
    <T> Deque<T> create();
  }

  /** An engine still without parameters. */
  public KernelEngine(TransformerShape shape, int outputs, Kernels kernels, Stacks stacks) {
    this(shape, outputs, kernels, stacks, new float[0]);
  }

  /**
   * @param outputs numbers the head gives per token: logits and values
   */
  KernelEngine(
      TransformerShape shape, int outputs, Kernels kernels, Stacks stacks, float[] parameters) {
    this.shape = shape;
    this.outputs = outputs;
    this.kernels = kernels;
    this.stacks = stacks;
    this.passes = stacks.create();
    this.decoders = stacks.create();
    this.parameters = parameters;
  }

  @Override
  public void load(double[] flat) {
    float[] loaded = new float[flat.length];
    for (int i = 0; i < loaded.length; i++) {
      loaded[i] = (float) flat[i];
    }
    this.parameters = loaded;
  }

  @Override
  public Engine copy() {
    // Parameters are replaced, never written to: the array can be shared.
    return new KernelEngine(shape, outputs, kernels, stacks, parameters);
  }

  @Override
  public MicroPass forward(List<Sequence> rows, Optional<Routing> given) {
    KernelPass pass = passes.poll();
    if (pass == null) {
      pass = new KernelPass(shape, outputs, kernels, passes);
    }
    pass.forward(parameters, rows, given);
    return pass;
  }

  @Override
  public Decoding startDecoding(List<TokenSequence> prompts, int copies) {
    TransformerKernel kernel = decoders.poll();
    if (kernel == null) {
      kernel = new TransformerKernel(shape, outputs, kernels);
    }
    return new KernelDecoding(shape, kernel, decoders, parameters, prompts, copies);
  }
}
