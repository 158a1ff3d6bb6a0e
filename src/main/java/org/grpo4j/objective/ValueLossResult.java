package org.grpo4j.objective;

import org.grpo4j.math.TokenTable;

/**
 * The critic's loss on one batch.
 *
 * @param loss the loss; 0 for a batch without a token that counts
 * @param lossByValue {@code dloss/dV_it}, {@code [N][T_i]}: what the critic's backward pass takes
 * @param tokens number of tokens that count
 * @param clippedTokens number of them where the clipped square is strictly the larger
 */
public record ValueLossResult(double loss, TokenTable lossByValue, int tokens, int clippedTokens) {

  /** The share of tokens that are clipped; {@code NaN} if none counts. */
  public double clipFraction() {
    return clippedTokens / (double) tokens;
  }
}
