package org.grpo4j.advantage;

import org.grpo4j.math.Explanation;

/** Pieces that the explanations of several estimators share. */
final class Explanations {

  private Explanations() {}

  static Explanation reward(AdvantageInputs inputs, int row) {
    return Explanation.of(inputs.rewards().get(row), "reward r of completion " + row);
  }

  /** Why a token that is masked, or whose completion has no reward, has advantage 0. */
  static Explanation zero(AdvantageInputs inputs, int row, int token) {
    boolean masked = inputs.mask().get(row, token) == 0;
    return Explanation.of(
        0, "advantage: 0, because the " + (masked ? "token is masked" : "reward is missing"));
  }
}
