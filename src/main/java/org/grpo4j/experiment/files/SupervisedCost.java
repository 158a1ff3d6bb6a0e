package org.grpo4j.experiment.files;

/**
 * The cost of a run's supervised part, estimated.
 *
 * @param tokens completion tokens that its steps learn from
 * @param flops floating-point operations of its steps
 * @param sampledTokens tokens sampled from other runs' policies to make its examples
 * @param sampledFlops floating-point operations of that
 */
public record SupervisedCost(long tokens, double flops, long sampledTokens, double sampledFlops) {

  /** Of a run that has none. */
  public static final SupervisedCost NONE = new SupervisedCost(0, 0, 0, 0);
}
