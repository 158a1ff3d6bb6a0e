package org.grpo4j.reward;

/**
 * A penalty for completions that come near the limit of length, to be added to the reward (DAPO eq.
 * 13): 0 up to {@code maxLength - cache}, from there falling in a straight line to {@code -factor}
 * at {@code maxLength}.
 *
 * @param maxLength length at which the full penalty is reached, in tokens
 * @param cache tokens over which it grows, positive
 * @param factor the full penalty, at least 0
 * @param capped true to stop there; false to let it grow on, as in verl
 */
public record OverlongPenalty(int maxLength, int cache, double factor, boolean capped) {

  public OverlongPenalty {
    if (cache < 1 || cache > maxLength) {
      throw new IllegalArgumentException(
          "cache: must be from 1 to maxLength " + maxLength + ", got " + cache);
    }
    if (!(factor >= 0)) {
      throw new IllegalArgumentException("factor: must be at least 0, got " + factor);
    }
  }

  /** What to add to the reward of a completion of {@code length} tokens; never positive. */
  public double penalty(int length) {
    int excess = length - (maxLength - cache);
    if (excess <= 0) {
      return 0;
    }
    double penalty = -factor * excess / cache;
    return capped ? Math.max(-factor, penalty) : penalty;
  }
}
