package org.grpo4j.objective;

import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * From losses per token to one loss: {@code L = sum_it w_it loss_it} with weights that do not
 * depend on the policy (Eq. 6). The fourth of the five columns that make up an algorithm, and the
 * one whose choice most often goes unsaid. {@code n_i} is the number of tokens of row {@code i}
 * that count, {@code N} their sum, {@code B} the number of rows.
 */
public sealed interface Aggregation
    permits SequenceMeanTokenMean,
        TokenMean,
        SequenceMeanTokenSum,
        SequenceMeanTokenSumNorm,
        SumNorm,
        GroupTokenMean {

  /** The mean over rows of the mean over tokens: GRPO as in the paper. */
  static Aggregation sequenceMeanTokenMean() {
    return new SequenceMeanTokenMean(EmptyRows.COUNT);
  }

  /** The mean over all tokens: DAPO. */
  static Aggregation tokenMean() {
    return new TokenMean();
  }

  /** The weights {@code w_it}, {@code [N][T_i]}; 0 where masked. */
  TokenTable weights(TokenTable mask, RowGroups groups);

  /** The weight as a formula. */
  String formula();

  /** {@code sum_it w_it x_it} over the tokens that count. */
  default double aggregate(TokenTable perToken, TokenTable mask, RowGroups groups) {
    TokenTable weights = weights(mask, groups);
    double total = 0;
    for (int i = 0; i < perToken.rows(); i++) {
      for (int t = 0; t < perToken.length(i); t++) {
        if (mask.get(i, t) != 0) {
          total += weights.get(i, t) * perToken.get(i, t);
        }
      }
    }
    return total;
  }

  /** Number of tokens of row {@code row} that count, but at least 1. */
  static int tokensAtLeastOne(TokenTable mask, int row) {
    return Math.max(1, Masks.count(mask.row(row)));
  }
}
