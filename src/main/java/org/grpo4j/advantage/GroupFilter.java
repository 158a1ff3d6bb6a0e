package org.grpo4j.advantage;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Kinds;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Require;

/**
 * Dynamic sampling: which groups are worth an update (DAPO eq. 11). The others are dropped and
 * replaced by further sampling.
 */
@Kinds(
    value = {GroupFilter.RewardsDiffer.class, GroupFilter.MeanInOpenRange.class},
    none = "All groups are learnt from.")
public interface GroupFilter {

  /** True if a group with these moments of its rewards is kept. */
  boolean keeps(Moments rewards);

  /** Most rounds of sampling, at least 1; then dropped groups fill the update. */
  int maxRounds();

  /**
   * Keeps a group if not all its rewards are equal: the others have advantage 0 throughout.
   *
   * @param maxRounds most rounds of sampling
   */
  @Kind(
      value = "rewards-differ",
      description = "Groups whose rewards are all equal are replaced: DAPO, verl.")
  record RewardsDiffer(
      @Setting(
              value = "Most rounds of sampling; then dropped groups fill the update.",
              byDefault = "4",
              range = "[1, 100]",
              unit = "rounds")
          int maxRounds)
      implements GroupFilter {

    @Override
    public boolean keeps(Moments rewards) {
      return !rewards.allEqual();
    }
  }

  /**
   * Keeps a group if its mean reward is strictly between two bounds (OpenRLHF). With bounds 0 and 1
   * it keeps rewards of 0.5 throughout, which {@link RewardsDiffer} drops.
   *
   * @param low lower bound
   * @param high upper bound
   * @param maxRounds most rounds of sampling
   */
  @Kind(
      value = "mean-in-range",
      description = "Groups whose mean reward is not inside an open range are replaced: OpenRLHF.")
  record MeanInOpenRange(
      @Setting(value = "The mean reward must be above it.", byDefault = "0", range = "[-1e6, 1e6]")
          double low,
      @Setting(value = "The mean reward must be below it.", byDefault = "1", range = "[-1e6, 1e6]")
          double high,
      @Setting(
              value = "Most rounds of sampling; then dropped groups fill the update.",
              byDefault = "4",
              range = "[1, 100]",
              unit = "rounds")
          int maxRounds)
      implements GroupFilter {

    public MeanInOpenRange {
      Require.within("low", low, -1e6, 1e6);
      Require.within("high", high, -1e6, 1e6);
      Require.that(low < high, "high", "greater than low " + low, high);
    }

    @Override
    public boolean keeps(Moments rewards) {
      return low < rewards.mean() && rewards.mean() < high;
    }
  }
}
