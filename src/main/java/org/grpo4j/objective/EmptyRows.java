package org.grpo4j.objective;

import org.grpo4j.math.Explanation;
import org.grpo4j.math.Masks;
import org.grpo4j.math.TokenTable;

/**
 * Whether a completion without any token that counts is still one of the rows that are averaged
 * over. With one empty and one full row of loss 1, {@link #COUNT} gives 0.5 and {@link #SKIP} 1.
 */
public enum EmptyRows {
  /** They count (TRL). */
  COUNT {
    @Override
    int rows(TokenTable mask) {
      return Math.max(1, mask.rows());
    }
  },

  /** They do not (verl, OpenRLHF). */
  SKIP {
    @Override
    int rows(TokenTable mask) {
      int rows = 0;
      for (int i = 0; i < mask.rows(); i++) {
        rows += Masks.count(mask.row(i)) > 0 ? 1 : 0;
      }
      return Math.max(1, rows);
    }
  };

  /** The meaning of the setting. */
  static final String MEANING =
      "Whether a completion without any token that counts is averaged over: count as in TRL, skip"
          + " as in verl and OpenRLHF.";

  /** The number of completions {@code N} to divide by, at least 1. */
  abstract int rows(TokenTable mask);

  /** The same for an explanation. */
  final Explanation explain(TokenTable mask) {
    return Explanation.of(rows(mask), "N", "completions");
  }
}
