package org.grpo4j.advantage;

import org.grpo4j.math.Moments;

/**
 * Dynamic sampling: which groups are worth an update (DAPO eq. 11). The others are dropped and
 * replaced by further sampling.
 */
public sealed interface GroupFilter permits RewardsDiffer, MeanInOpenRange {

  /** True if a group with these moments of its rewards is kept. */
  boolean keeps(Moments rewards);
}
