package org.grpo4j.policy;

/** An optimiser in plain Java. */
sealed interface Optimizer permits AdamOptimizer, SgdOptimizer {

  /** One that has taken no step. */
  static Optimizer fresh(OptimizerSettings settings, int parameters) {
    return settings instanceof SgdSettings sgd
        ? new SgdOptimizer(sgd, new double[parameters])
        : new AdamOptimizer((AdamSettings) settings, parameters);
  }

  /** Moves {@code parameters} one step against {@code gradient}. */
  void step(double[] parameters, double[] gradient, double learningRate);
}
