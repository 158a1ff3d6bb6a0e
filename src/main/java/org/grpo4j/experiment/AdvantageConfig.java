package org.grpo4j.experiment;

import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.BatchMeanAdvantage;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.GreedyBaselineAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.PositiveOnlyAdvantage;
import org.grpo4j.advantage.RawRewardAdvantage;
import org.grpo4j.advantage.ReinforcePlusPlusAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.advantage.WhitenedGroupBaselineAdvantage;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Deviation;

/** How rewards become advantages. */
public sealed interface AdvantageConfig
    permits AdvantageConfig.GroupRelative,
        AdvantageConfig.RawReward,
        AdvantageConfig.BatchMean,
        AdvantageConfig.LeaveOneOut,
        AdvantageConfig.GreedyBaseline,
        AdvantageConfig.PositiveOnly,
        AdvantageConfig.ReinforcePlusPlus,
        AdvantageConfig.WhitenedGroupBaseline,
        AdvantageConfig.Generalized,
        PartwiseAdvantageConfig {

  /**
   * The estimator with these settings.
   *
   * @param reward what completions earn; its weights matter where rewards are normalised one by one
   */
  AdvantageEstimator estimator(RewardConfig reward);

  /** Whether it compares with the greedy completion of each prompt. */
  default boolean usesGreedyCompletion() {
    return false;
  }

  /** Whether it needs a critic. */
  default boolean usesCritic() {
    return false;
  }

  /**
   * GRPO's advantage (Eq. 3).
   *
   * @param scale what centred rewards are divided by
   * @param deviation which standard deviation
   * @param stdEpsilon added to it
   * @param singleton the advantage in a group of one
   */
  @Kind(
      value = "group-relative",
      description = "GRPO: reward minus the group's mean, divided by a standard deviation (Eq. 3).")
  record GroupRelative(
      @Setting(
              value = "Divide by the standard deviation of the group, of the batch, or not at all.",
              byDefault = "group")
          RewardScale scale,
      @Setting(
              value = "Standard deviation with divisor n - 1 (sample) or n (population).",
              byDefault = "sample")
          Deviation deviation,
      @Setting(value = "Added to the standard deviation.", byDefault = "1e-4", range = "[0, 1]")
          double stdEpsilon,
      @Setting(
              value = "Advantage in a group of one: zero, or the reward itself.",
              byDefault = "zero")
          SingletonRule singleton)
      implements AdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return groupRelative();
    }

    GroupRelativeAdvantage groupRelative() {
      return new GroupRelativeAdvantage(scale, deviation, stdEpsilon, singleton);
    }
  }

  /** The reward itself. */
  @Kind(value = "raw-reward", description = "REINFORCE without a baseline: the reward itself.")
  record RawReward() implements AdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return new RawRewardAdvantage();
    }
  }

  /** The reward minus the batch's mean. */
  @Kind(
      value = "batch-mean",
      description = "REINFORCE with the mean reward of the batch as baseline (Eq. 31).")
  record BatchMean() implements AdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return new BatchMeanAdvantage();
    }
  }

  /**
   * RLOO.
   *
   * @param whitening over all completions afterwards
   */
  @Kind(
      value = "leave-one-out",
      description = "RLOO: the reward minus the mean of the group's others (Eq. 32).")
  record LeaveOneOut(
      @Setting(value = "Whitening over all completions afterwards.", byDefault = "none")
          WhiteningConfig whitening)
      implements AdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return new LeaveOneOutAdvantage(whitening.whitening());
    }
  }

  /** ReMax. */
  @Kind(
      value = "greedy-baseline",
      description =
          "ReMax: the reward minus that of the prompt's greedy completion, which is decoded once"
              + " more (Eq. 33).")
  record GreedyBaseline() implements AdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return new GreedyBaselineAdvantage();
    }

    @Override
    public boolean usesGreedyCompletion() {
      return true;
    }
  }

  /**
   * Rejection sampling.
   *
   * @param threshold smallest reward that is kept
   */
  @Kind(
      value = "positive-only",
      description =
          "Rejection sampling: 1 for completions that reach a threshold, 0 for the others.")
  record PositiveOnly(
      @Setting(value = "Smallest reward that is kept.", byDefault = "1", range = "[-1e6, 1e6]")
          double threshold)
      implements AdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return new PositiveOnlyAdvantage(threshold);
    }
  }

  /**
   * REINFORCE++.
   *
   * @param gamma discount per token
   * @param whitening over all tokens of the batch
   */
  @Kind(
      value = "reinforce-plus-plus",
      description =
          "REINFORCE++: discounted rewards from each token on, whitened over all tokens (Eq. 36).")
  record ReinforcePlusPlus(
      @Setting(value = "Discount per token.", byDefault = "1", range = "[0, 1]") double gamma,
      @Setting(value = "Whitening over all tokens of the batch.") WhiteningConfig.Batch whitening)
      implements AdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return new ReinforcePlusPlusAdvantage(gamma, whitening.always());
    }
  }

  /**
   * REINFORCE++-baseline.
   *
   * @param whitening over all tokens of the batch
   */
  @Kind(
      value = "whitened-group-baseline",
      description =
          "REINFORCE++-baseline: the reward minus the group's mean, whitened over all tokens (Eq."
              + " 35).")
  record WhitenedGroupBaseline(
      @Setting(value = "Whitening over all tokens of the batch.") WhiteningConfig.Batch whitening)
      implements AdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return new WhitenedGroupBaselineAdvantage(whitening.always());
    }
  }

  /**
   * GAE.
   *
   * @param gamma discount per token
   * @param lambda how far rewards are trusted over the critic
   * @param whitening over all tokens of the batch
   */
  @Kind(
      value = "generalized",
      description = "PPO: generalised advantage estimation with a critic (Eq. 37).")
  record Generalized(
      @Setting(value = "Discount per token.", byDefault = "1", range = "[0, 1]") double gamma,
      @Setting(
              value =
                  "How far rewards are trusted over the critic: 1 for the whole return, 0 for one"
                      + " step.",
              byDefault = "1",
              range = "[0, 1]")
          double lambda,
      @Setting(value = "Whitening over all tokens of the batch.", byDefault = "batch")
          WhiteningConfig whitening)
      implements AdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return new GeneralizedAdvantage(gamma, lambda, whitening.whitening());
    }

    @Override
    public boolean usesCritic() {
      return true;
    }
  }
}
