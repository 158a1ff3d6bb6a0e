package org.grpo4j.policy;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * Moves the reference policy towards the current one: {@code ref <- alpha pi + (1 - alpha) ref},
 * parameter by parameter. With {@code alpha = 1} it is replaced, as in DeepSeekMath and R1; TRL's
 * default is 0.6.
 *
 * @param alpha share of the current policy, in [0, 1]
 */
public record ReferenceSync(double alpha) {

  public ReferenceSync {
    Require.that(alpha >= 0 && alpha <= 1, "alpha", "in [0, 1]", alpha);
  }

  /** The parameters of the new reference policy. */
  public DoubleVector mix(DoubleVector policy, DoubleVector reference) {
    Require.that(
        policy.size() == reference.size(),
        "reference: needs " + policy.size() + " parameters, got " + reference.size());
    double[] mixed = new double[policy.size()];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = alpha * policy.get(i) + (1 - alpha) * reference.get(i);
    }
    return DoubleVector.of(mixed);
  }
}
