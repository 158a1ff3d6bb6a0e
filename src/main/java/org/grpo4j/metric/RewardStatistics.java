package org.grpo4j.metric;

import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/**
 * The rewards of a batch. Missing rewards ({@code NaN}) are left out.
 *
 * @param mean over all completions ({@code reward}); {@code NaN} for none
 * @param standardDeviation over all completions ({@code reward_std}); {@code NaN} for fewer than
 *     two under the sample standard deviation
 * @param groupStandardDeviation mean of the groups' standard deviations ({@code reward_group_std}),
 *     over groups of at least two; {@code NaN} if there is none
 */
public record RewardStatistics(
    double mean, double standardDeviation, double groupStandardDeviation) {

  /** The statistics of these rewards, {@code [N]}. */
  public static RewardStatistics of(DoubleVector rewards, RowGroups groups, Deviation deviation) {
    Moments batch = Moments.ofPresent(rewards.toArray());
    double sum = 0;
    int compared = 0;
    for (int g = 0; g < groups.count(); g++) {
      Moments group = Moments.ofPresent(groups.select(g, rewards));
      if (group.count() > 1) {
        sum += deviation.standardDeviation(group);
        compared++;
      }
    }
    return new RewardStatistics(batch.mean(), deviation.standardDeviation(batch), sum / compared);
  }
}
