package org.grpo4j.metric;

import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/**
 * The rewards of a batch. Missing rewards ({@code NaN}) are left out.
 *
 * @param mean over all completions ({@code reward})
 * @param standardDeviation over all completions ({@code reward_std}); {@code NaN} for one of them
 *     under the sample deviation
 * @param deadGroups share of groups whose rewards are all equal ({@code frac_reward_zero_std}):
 *     they have no advantage and teach nothing
 */
public record RewardStatistics(double mean, double standardDeviation, double deadGroups) {

  /** The statistics of these rewards, {@code [N]}. */
  public static RewardStatistics of(DoubleVector rewards, RowGroups groups, Deviation deviation) {
    Moments batch = Moments.ofPresent(rewards.toArray());
    int dead = 0;
    for (int g = 0; g < groups.count(); g++) {
      dead += Moments.ofPresent(groups.select(g, rewards)).allEqual() ? 1 : 0;
    }
    return new RewardStatistics(
        batch.mean(),
        deviation.standardDeviation(batch),
        dead / (double) Math.max(1, groups.count()));
  }
}
