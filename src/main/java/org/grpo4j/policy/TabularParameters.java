package org.grpo4j.policy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** A table that learns: its contexts, parameters, their gradient and an optimiser. */
final class TabularParameters {

  final PrefixIndex index;
  final double[] values;
  final double[] gradient;
  private Optimizer optimizer;
  private long version;
  private BitSet frozen = new BitSet();

  TabularParameters(PrefixIndex index, double[] values, Optimizer optimizer, long version) {
    this.index = index;
    this.values = values;
    this.gradient = new double[values.length];
    this.optimizer = optimizer;
    this.version = version;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** Optimiser steps since the first parameters. */
  long version() {
    return version;
  }

  /** Clips the accumulated gradient, takes a step unless it leads off the finite, clears it. */
  GradientStep applyGradient(
      List<ParameterBlock> blocks, double learningRate, double maxGradientNorm) {
    frozen.stream().forEach(i -> gradient[i] = 0);
    GradientClipping clipping = GradientClipping.of(gradient, maxGradientNorm);
    double[] unclipped = gradient.clone();
    double[] before = values.clone();
    Optional<NonFinite> fault = clipping.fault(blocks, before, gradient);
    if (fault.isEmpty()) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= clipping.factor();
      }
      optimizer.step(values, gradient, learningRate);
      fault = NonFinite.first("parameter", blocks, before, values);
      if (fault.isPresent()) {
        System.arraycopy(before, 0, values, 0, values.length);
      }
    }
    version += fault.isPresent() ? 0 : 1;
    Arrays.fill(gradient, 0);
    List<BlockStep> steps = BlockStep.of(blocks, unclipped, before, values);
    return new GradientStep(clipping.norm(), clipping.factor(), version, steps, fault);
  }

  void freeze(BitSet some) {
    frozen = (BitSet) some.clone();
  }

  void resetOptimizer(OptimizerSettings settings) {
    optimizer = Optimizer.fresh(settings, values.length);
  }
}
