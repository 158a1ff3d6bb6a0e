package org.grpo4j.objective;

import java.util.OptionalDouble;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * {@code w_it = 1 / N}: the mean over all tokens of the batch, DAPO eq. (8). Long completions weigh
 * more.
 *
 * @param normalizerTokens the {@code N} to use instead of counting: the tokens of the whole batch
 *     when the loss is accumulated over parts of it
 */
public record TokenMean(OptionalDouble normalizerTokens) implements Aggregation {

  public TokenMean {
    normalizerTokens.ifPresent(tokens -> Checks.positive("normalizerTokens", tokens));
  }

  /** Divides by the number of tokens that count. */
  public TokenMean() {
    this(OptionalDouble.empty());
  }

  @Override
  public TokenTable weights(TokenTable mask, RowGroups groups) {
    double tokens = normalizerTokens.orElse(Masks.count(mask));
    double weight = 1 / Math.max(1, tokens);
    return Masks.spread(DoubleVector.constant(mask.rows(), weight), mask);
  }

  @Override
  public String formula() {
    return "1 / tokens of the batch";
  }
}
