package org.grpo4j.reward;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * A penalty for completions that come near the limit of length, to be added to the reward (DAPO eq.
 * 13): 0 up to {@code maxLength - cache}, from there falling in a straight line to {@code -factor}
 * at {@code maxLength}.
 *
 * @param cache tokens over which it grows, positive
 * @param factor the full penalty, at least 0
 * @param capped true to stop there; false to let it grow on, as in verl
 */
@Kind(
    value = "linear",
    description = "A penalty that grows linearly over the last tokens before the limit: DAPO.",
    none = "Length does not matter.")
public record OverlongPenalty(
    @Setting(
            value = "Tokens over which it grows.",
            byDefault = "2",
            range = "[1, 1024]",
            unit = "tokens")
        int cache,
    @Setting(value = "The full penalty.", byDefault = "1", range = "[0, 1e6]") double factor,
    boolean capped) {

  public OverlongPenalty {
    Require.atLeast(1, "cache", cache);
    Require.that(factor >= 0, "factor", "at least 0", factor);
  }

  /** The penalty that stops at {@code -factor}. */
  public OverlongPenalty(int cache, double factor) {
    this(cache, factor, true);
  }

  /**
   * Looks whether it has room to grow.
   *
   * @throws IllegalArgumentException if no completion is as long as {@code cache}
   */
  public void check(int maxLength) {
    if (cache > maxLength) {
      throw new IllegalArgumentException(
          "cache: must be from 1 to maxLength " + maxLength + ", got " + cache);
    }
  }

  /**
   * The penalty to add to the reward of a completion of {@code length} tokens; never positive.
   *
   * @param maxLength length at which the full penalty is reached, in tokens
   */
  public double penalty(int length, int maxLength) {
    int excess = length - (maxLength - cache);
    if (excess <= 0) {
      return 0;
    }
    double penalty = -factor * excess / cache;
    return capped ? Math.max(-factor, penalty) : penalty;
  }
}
