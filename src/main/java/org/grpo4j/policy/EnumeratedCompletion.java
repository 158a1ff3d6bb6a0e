package org.grpo4j.policy;

import org.grpo4j.math.Elementary;
import org.grpo4j.task.TokenSequence;

/**
 * One of all possible completions of a prompt.
 *
 * @param tokens the tokens: either the last one is the only end token, or the limit was reached
 * @param logProbability natural logarithm of the probability that the policy writes it
 */
public record EnumeratedCompletion(TokenSequence tokens, double logProbability) {

  /** The probability that the policy writes it; over all completions of a prompt they sum to 1. */
  public double probability() {
    return Elementary.exp(logProbability);
  }
}
