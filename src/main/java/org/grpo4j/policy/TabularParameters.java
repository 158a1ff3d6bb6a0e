package org.grpo4j.policy;

import java.util.Arrays;
import java.util.List;

/** A table that learns: its contexts, parameters, their gradient and Adam's state. */
final class TabularParameters {

  final PrefixIndex index;
  final double[] values;
  final double[] gradient;
  private AdamOptimizer optimizer;
  private long version;

  TabularParameters(PrefixIndex index, double[] values, AdamOptimizer optimizer, long version) {
    this.index = index;
    this.values = values;
    this.gradient = new double[values.length];
    this.optimizer = optimizer;
    this.version = version;
  }

  AdamOptimizer optimizer() {
    return optimizer;
  }

  /** Optimiser steps since the first parameters. */
  long version() {
    return version;
  }

  /** Clips the accumulated gradient, takes a step unless it is not finite, and clears it. */
  GradientStep applyGradient(
      List<ParameterBlock> blocks, double learningRate, double maxGradientNorm) {
    GradientClipping clipping = GradientClipping.of(gradient, maxGradientNorm);
    double[] unclipped = gradient.clone();
    double[] before = values.clone();
    if (Double.isFinite(clipping.norm())) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= clipping.factor();
      }
      optimizer.step(values, gradient, learningRate);
      version++;
    }
    Arrays.fill(gradient, 0);
    List<BlockStep> steps = BlockStep.of(blocks, unclipped, before, values);
    return new GradientStep(clipping.norm(), clipping.factor(), version, steps);
  }

  void resetOptimizer(AdamSettings settings) {
    optimizer = new AdamOptimizer(settings, values.length);
  }
}
