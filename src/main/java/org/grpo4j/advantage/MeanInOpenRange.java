package org.grpo4j.advantage;

import org.grpo4j.math.Moments;

/**
 * Keeps a group if its mean reward is strictly between two bounds (OpenRLHF). With bounds 0 and 1
 * it keeps rewards of 0.5 throughout, which {@link RewardsDiffer} drops.
 *
 * @param low lower bound
 * @param high upper bound
 */
public record MeanInOpenRange(double low, double high) implements GroupFilter {

  public MeanInOpenRange {
    if (!(low < high)) {
      throw new IllegalArgumentException("high: must be greater than low " + low + ", got " + high);
    }
  }

  @Override
  public boolean keeps(Moments rewards) {
    return low < rewards.mean() && rewards.mean() < high;
  }
}
