package org.grpo4j.policy.network.engine;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/** The means that keeps experts evenly loaded: without one a few of them take all tokens. */
public sealed interface Balance {

  /** Weight of the balance loss (Eq. 26); 0 for none. */
  default double lossWeight() {
    return 0;
  }

  /** Step of the selection bias (Eq. 27); 0 if there is no such bias. */
  default double biasStep() {
    return 0;
  }

  /** The balance with this weight or step; at most one of them is not 0. */
  static Balance of(double lossWeight, double biasStep) {
    return lossWeight > 0 ? new Loss(lossWeight) : biasStep > 0 ? new Bias(biasStep) : new None();
  }

  /** Nothing. */
  @Kind(value = "none", description = "Nothing keeps the experts evenly loaded.")
  record None() implements Balance {}

  /**
   * A loss beside the policy's, whose gradient each backward pass adds once.
   *
   * @param lossWeight its weight {@code lambda}
   */
  @Kind(
      value = "loss",
      description = "A loss that grows with the load of the experts that are preferred.",
      equation = 26)
  record Loss(
      @Setting(
              value = "Weight of the balance loss.",
              byDefault = "0.01",
              range = "(0, 10]",
              key = "weight")
          double lossWeight)
      implements Balance {

    public Loss {
      Require.positive("lossWeight", lossWeight);
    }
  }

  /**
   * A bias on the router's probabilities that counts in the selection alone and moves after each
   * optimiser step: up for experts below the mean load, down for those above. It is part of the
   * parameter vector, without a gradient, so that checkpoints and snapshots have it.
   *
   * @param biasStep how far it moves {@code gamma}
   */
  @Kind(
      value = "bias",
      description = "A bias in the selection of experts, moved after each step; no loss.",
      equation = 27)
  record Bias(
      @Setting(
              value = "How far the bias of an expert moves after an optimiser step.",
              byDefault = "1e-3",
              range = "(0, 1]",
              key = "step")
          double biasStep)
      implements Balance {

    public Bias {
      Require.positive("biasStep", biasStep);
    }
  }
}
