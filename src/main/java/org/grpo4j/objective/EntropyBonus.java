package org.grpo4j.objective;

/**
 * A reward for being undecided: {@code -coefficient * sum_it u_it H_it} is added to the loss (Eq.
 * 9).
 *
 * @param coefficient {@code alpha}; 0 for no bonus
 * @param aggregation the weights {@code u_it}: the token mean in TRL, the loss's own aggregation in
 *     verl
 */
public record EntropyBonus(double coefficient, Aggregation aggregation) {

  /** No bonus. */
  public static final EntropyBonus NONE = new EntropyBonus(0, new TokenMean());

  public EntropyBonus {
    Checks.require(
        "coefficient", Math.abs(coefficient) < Double.POSITIVE_INFINITY, "finite", coefficient);
  }

  /** The same with another coefficient. */
  public EntropyBonus withCoefficient(double newCoefficient) {
    return new EntropyBonus(newCoefficient, aggregation);
  }

  /** A bonus on the mean entropy of all tokens. */
  public static EntropyBonus tokenMean(double coefficient) {
    return new EntropyBonus(coefficient, new TokenMean());
  }
}
