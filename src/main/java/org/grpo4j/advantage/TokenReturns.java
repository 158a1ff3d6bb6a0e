package org.grpo4j.advantage;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/** Discounted rewards from each token on. */
final class TokenReturns {

  private TokenReturns() {}

  /**
   * {@code R_t = r_t + gamma R_(t+1)} over the tokens that count (Eq. 36); the others are skipped,
   * not treated as steps without reward.
   */
  static TokenTable of(TokenTable tokenRewards, TokenTable mask, double gamma) {
    double[][] returns = new double[tokenRewards.rows()][];
    for (int i = 0; i < returns.length; i++) {
      returns[i] = row(tokenRewards.row(i), mask.row(i), gamma);
    }
    return TokenTable.of(returns);
  }

  private static double[] row(DoubleVector rewards, DoubleVector mask, double gamma) {
    double[] returns = new double[rewards.size()];
    double next = 0;
    for (int t = returns.length - 1; t >= 0; t--) {
      if (mask.get(t) != 0) {
        next = rewards.get(t) + gamma * next;
        returns[t] = next;
      }
    }
    return returns;
  }
}
