package org.grpo4j.policy;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * Stochastic gradient descent with heavy-ball momentum {@code mu} (Polyak 1964; PyTorch's form,
 * without dampening):
 *
 * <pre>
 * b     = mu b + g                    b = 0 before the first step
 * theta = theta - learningRate * b
 * </pre>
 *
 * @param momentum {@code mu}, in [0, 1); 0 for plain gradient descent
 */
public record SgdSettings(
    @Setting(
            value = "Share of the last step's direction that is kept (mu); 0 for plain descent.",
            byDefault = "0",
            range = "[0, 1)")
        double momentum)
    implements OptimizerSettings {

  public SgdSettings {
    Require.that(momentum >= 0 && momentum < 1, "momentum", "in [0, 1)", momentum);
  }

  @Override
  public int numbersPerParameter() {
    return momentum > 0 ? 1 : 0;
  }
}
