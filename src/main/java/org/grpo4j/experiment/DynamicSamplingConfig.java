package org.grpo4j.experiment;

import java.util.Optional;
import org.grpo4j.advantage.GroupFilter;
import org.grpo4j.advantage.MeanInOpenRange;
import org.grpo4j.advantage.RewardsDiffer;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;

/** Whether groups that teach nothing are replaced by sampling further questions. */
public sealed interface DynamicSamplingConfig {

  /** Which groups are kept, if any are dropped. */
  Optional<GroupFilter> filter();

  /** Most rounds of sampling. */
  int maxRounds();

  /** All groups are learnt from. */
  @Kind(value = "none", description = "All groups are learnt from.")
  record None() implements DynamicSamplingConfig {

    @Override
    public Optional<GroupFilter> filter() {
      return Optional.empty();
    }

    @Override
    public int maxRounds() {
      return 1;
    }
  }

  /**
   * Groups with equal rewards are replaced.
   *
   * @param maxRounds most rounds of sampling
   */
  @Kind(
      value = "rewards-differ",
      description = "Groups whose rewards are all equal are replaced: DAPO, verl.")
  record Differ(
      @Setting(
              value = "Most rounds of sampling; then dropped groups fill the update.",
              byDefault = "4",
              range = "[1, 100]",
              unit = "rounds")
          int maxRounds)
      implements DynamicSamplingConfig {

    @Override
    public Optional<GroupFilter> filter() {
      return Optional.of(new RewardsDiffer());
    }
  }

  /**
   * Groups with a mean reward outside a range are replaced.
   *
   * @param low the mean must be above it
   * @param high the mean must be below it
   * @param maxRounds most rounds of sampling
   */
  @Kind(
      value = "mean-in-range",
      description = "Groups whose mean reward is not inside an open range are replaced: OpenRLHF.")
  record Range(
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
      implements DynamicSamplingConfig {

    @Override
    public Optional<GroupFilter> filter() {
      return Optional.of(new MeanInOpenRange(low, high));
    }
  }
}
