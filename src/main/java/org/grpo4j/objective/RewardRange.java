package org.grpo4j.objective;

/**
 * Rewards are brought into a range before anything else is done with them.
 *
 * @param low smallest reward
 * @param high largest reward
 */
public record RewardRange(double low, double high) {

  /** Any reward. */
  public static final RewardRange UNBOUNDED =
      new RewardRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public RewardRange {
    Checks.require("high", high >= low, "at least low " + low, high);
  }

  /** The reward, brought into the range; {@code NaN} stays. */
  public double clip(double reward) {
    return Math.max(low, Math.min(reward, high));
  }
}
