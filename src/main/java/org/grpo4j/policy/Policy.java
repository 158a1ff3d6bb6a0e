package org.grpo4j.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.rollout.Sequence;

/**
 * A policy that can be trained, and the seam between algorithms and networks: it receives the table
 * {@code dLoss/dlogp} through {@link ForwardPass#backward} and knows nothing else of the algorithm.
 *
 * <p>One update is {@link #forward}, {@link ForwardPass#backward} (any number of times; gradients
 * add up) and {@link #applyGradient}, which clips, steps and clears the gradient. These are called
 * from one thread; a policy may use workers inside, with the same bits for any number of them.
 */
public interface Policy extends LanguageModel, AutoCloseable {

  /** A forward pass that keeps what {@link ForwardPass#backward} needs. */
  ForwardPass forward(List<Sequence> rows, double temperature);

  /**
   * A forward pass in which every token goes through given experts, so that two passes differ by
   * their parameters and not by their routing: that of the old policy (R2) or of the sampler (R3).
   * The gate weights are computed anew over these experts, so the router still has a gradient.
   *
   * @param given of these rows; each of its positions is used exactly once, which is checked
   * @throws UnsupportedOperationException if the policy has no experts
   */
  default ForwardPass forward(List<Sequence> rows, double temperature, Routing given) {
    throw new UnsupportedOperationException("the policy has no experts: " + describe());
  }

  /**
   * Clips the accumulated gradient to a global L2 norm, takes one optimiser step and clears the
   * gradient.
   *
   * @param learningRate the step's learning rate
   * @param maxGradientNorm the bound; {@code Double.POSITIVE_INFINITY} for none
   */
  GradientStep applyGradient(double learningRate, double maxGradientNorm);

  /** Starts a fresh optimiser: moments zero, step count zero. The version continues. */
  void resetOptimizer(OptimizerSettings settings);

  /**
   * Makes constants of some parameters: no step changes a bit of them. They are then no variables
   * of the loss, so their gradient is 0 already when its norm is taken (Eq. 10): the clipping
   * bounds the step of those that are left. Not part of what {@link #save} writes; with an
   * optimiser that has moved them before, its momentum would go on, so freeze first.
   *
   * @param frozen indices in the flat parameter vector; empty for none
   */
  void freeze(BitSet frozen);

  /** A frozen copy of the policy as it is now. */
  PolicySnapshot snapshot();

  /**
   * A frozen policy of this kind with other parameters: a reference policy that was mixed from two
   * ({@link ReferenceSync}) or read from a checkpoint. A policy that computes in float rounds them.
   *
   * @param parameters as many as {@link #parameters} has
   * @param version what it is stamped with
   */
  PolicySnapshot snapshot(DoubleVector parameters, long version);

  /** Number of trainable parameters. */
  int parameterCount();

  /** Parameters that a token meets: fewer where a router chooses experts. */
  default int activeParameterCount() {
    return parameterCount();
  }

  /** The named parts of the parameter vector, without gap or overlap, in order. */
  List<ParameterBlock> parameterBlocks();

  /** The same with their shapes. */
  List<ParameterMatrix> parameterMatrices();

  /** The flat parameter vector. */
  DoubleVector parameters();

  /** Replaces all parameters (finite differences, reference synchronisation). */
  void setParameters(DoubleVector parameters);

  /** The gradient accumulated since the last step, not clipped. */
  DoubleVector gradient();

  /**
   * Writes parameters, optimiser state and version into {@code directory}, which must exist; the
   * policy's kind knows how to read them back to the same bits.
   */
  void save(Path directory) throws IOException;

  /** One line for a log: kind, shape, parameters, precision, workers. */
  String describe();

  @Override
  void close();
}
