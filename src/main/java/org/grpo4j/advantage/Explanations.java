package org.grpo4j.advantage;

import org.grpo4j.math.Explanation;

/**
 * Pieces that the explanations of several estimators share, and that an estimator of one's own can
 * use as well.
 */
public final class Explanations {

  private Explanations() {}

  /**
   * The reward {@code r_i} of completion {@code row} as the estimator was given it: the score minus
   * the KL penalty, where that is in the reward (Eq. 52).
   */
  public static Explanation reward(AdvantageInputs inputs, int row) {
    double reward = inputs.rewards().get(row);
    String description = "reward of completion " + row;
    if (inputs.scores().isEmpty()) {
      return Explanation.of(reward, "r", description);
    }
    double score = inputs.scores().get().get(row);
    return Explanation.filled(
        reward,
        "r",
        description,
        "{0} - {1}",
        Explanation.of(score, "score", ""),
        Explanation.of(
            score - reward, "penalty", "KL penalty: beta times the estimates of its tokens"));
  }

  /** The name of one token's reward: it says so where a KL penalty is in it. */
  public static String tokenReward(AdvantageInputs inputs) {
    return inputs.scores().isEmpty()
        ? "reward of the token"
        : "reward of the token: minus its KL penalty, plus the score at the last token";
  }

  /** The explanation of advantage 0: a masked token, or a completion without a reward (NaN). */
  public static Explanation zero(AdvantageInputs inputs, int row, int token) {
    boolean masked = inputs.mask().get(row, token) == 0;
    return Explanation.of(
        0, "A", "advantage: 0, because the " + (masked ? "token is masked" : "reward is missing"));
  }
}
