package org.grpo4j.objective;

import org.grpo4j.math.Require;

/**
 * A reward for being undecided: {@code -alpha * sum_it u_it H_it} is added to the loss (Eq. 9).
 *
 * @param weight {@code alpha}; 0 for no bonus
 * @param aggregation the weights {@code u_it}: the token mean in TRL, the loss's own aggregation in
 *     verl
 */
public record EntropyBonus(double weight, Aggregation aggregation) {

  /** No bonus. */
  public static final EntropyBonus NONE = new EntropyBonus(0, new Aggregation.TokenMean());

  public EntropyBonus {
    Require.that(Math.abs(weight) < Double.POSITIVE_INFINITY, "weight", "finite", weight);
  }

  /** The same with another weight. */
  public EntropyBonus withWeight(double newWeight) {
    return new EntropyBonus(newWeight, aggregation);
  }

  /** A bonus on the mean entropy of all tokens. */
  public static EntropyBonus tokenMean(double weight) {
    return new EntropyBonus(weight, new Aggregation.TokenMean());
  }
}
