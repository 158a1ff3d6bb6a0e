package org.grpo4j.experiment;

import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.NormalizeThenSum;
import org.grpo4j.advantage.ProcessSupervisionAdvantage;
import org.grpo4j.advantage.SumThenNormalize;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Deviation;

/**
 * Advantages from the parts of what a completion earns: its steps, or its rules. They look at the
 * scores of these parts only, so a divergence penalty has to be in the loss.
 */
public sealed interface PartwiseAdvantageConfig extends AdvantageConfig {

  /** Whether the parts are the steps of a completion; otherwise they are the rules. */
  default boolean usesSteps() {
    return false;
  }

  /**
   * Process supervision.
   *
   * @param deviation which standard deviation
   * @param stdEpsilon added to it
   */
  @Kind(
      value = "process-supervision",
      description =
          "GRPO with a reward for every step, as far as the task can judge the steps of a thought"
              + " (Eq. 34).")
  record ProcessSupervision(
      @Setting(
              value = "Standard deviation with divisor n - 1 (sample) or n (population).",
              byDefault = "sample")
          Deviation deviation,
      @Setting(value = "Added to the standard deviation.", byDefault = "1e-4", range = "[0, 1]")
          double stdEpsilon)
      implements PartwiseAdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return new ProcessSupervisionAdvantage(deviation, stdEpsilon);
    }

    @Override
    public boolean usesSteps() {
      return true;
    }
  }

  /**
   * Several rewards, added first.
   *
   * @param normalization what is done with the sum
   */
  @Kind(
      value = "sum-then-normalize",
      description = "Several rules: their weighted sum is normalised (Eq. 38).")
  record SumOfRules(
      @Setting("What is done with the sum.") AdvantageConfig.GroupRelative normalization)
      implements PartwiseAdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      return new SumThenNormalize(reward.weights(), normalization.groupRelative());
    }
  }

  /**
   * Several rewards, normalised first.
   *
   * @param normalization what is done with each
   * @param whitening of the weighted sum
   */
  @Kind(
      value = "normalize-then-sum",
      description =
          "Several rules: each is normalised, the weighted sum is whitened over the batch: GDPO"
              + " (Eq. 39).")
  record NormalizedRules(
      @Setting("What is done with each rule's reward.") AdvantageConfig.GroupRelative normalization,
      @Setting("Whitening of the weighted sum over all completions.")
          WhiteningConfig.Batch whitening)
      implements PartwiseAdvantageConfig {

    @Override
    public AdvantageEstimator estimator(RewardConfig reward) {
      GroupRelativeAdvantage each = normalization.groupRelative();
      return new NormalizeThenSum(reward.weights(), each, whitening.always());
    }
  }
}
