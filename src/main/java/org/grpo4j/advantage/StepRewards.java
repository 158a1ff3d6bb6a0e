package org.grpo4j.advantage;

import org.grpo4j.math.TokenTable;

/**
 * Rewards of the steps of completions, {@code K_i} steps in row {@code i}.
 *
 * @param rewards the reward of each step, {@code [N][K_i]}
 * @param lastTokens index of each step's last token, from 0, ascending, {@code [N][K_i]}
 */
public record StepRewards(TokenTable rewards, TokenTable lastTokens) {

  public StepRewards {
    if (!rewards.sameShape(lastTokens)) {
      throw new IllegalArgumentException("lastTokens: must have one entry for each step reward");
    }
  }
}
