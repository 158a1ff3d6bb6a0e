package org.grpo4j.policy.network.kernels;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.network.engine.Engine;
import org.grpo4j.policy.network.engine.FlatArrays;
import org.grpo4j.policy.network.engine.MicroPass;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The hand-written kernels on one shared, read-only parameter vector. Each pass has activations of
 * its own, taken from a pool and given back.
 */
public final class KernelEngine implements Engine {

  private final TransformerShape shape;
  private final int outputs;
  private final Kernels kernels;
  private final ConcurrentLinkedDeque<KernelPass> passes = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<TransformerKernel> decoders = new ConcurrentLinkedDeque<>();
  private volatile float[] parameters;

  /**
   * @param outputs numbers the head gives per token: logits and values
   */
  public KernelEngine(TransformerShape shape, int outputs, Kernels kernels, float[] parameters) {
    this.shape = shape;
    this.outputs = outputs;
    this.kernels = kernels;
    this.parameters = parameters;
  }

  @Override
  public void load(INDArray flat) {
    this.parameters = FlatArrays.floats(flat);
  }

  @Override
  public Engine copy() {
    // Parameters are replaced, never written to: the array can be shared.
    return new KernelEngine(shape, outputs, kernels, parameters);
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
