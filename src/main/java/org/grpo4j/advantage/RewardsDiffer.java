package org.grpo4j.advantage;

import org.grpo4j.math.Moments;

/** Keeps a group if not all its rewards are equal: the others have advantage 0 throughout. */
public record RewardsDiffer() implements GroupFilter {

  @Override
  public boolean keeps(Moments rewards) {
    return !rewards.allEqual();
  }
}
