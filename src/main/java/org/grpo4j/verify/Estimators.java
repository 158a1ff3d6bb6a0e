package org.grpo4j.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.BatchMeanAdvantage;
import org.grpo4j.advantage.EpsilonPlacement;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.GreedyBaselineAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.PositiveOnlyAdvantage;
import org.grpo4j.advantage.ProcessSupervisionAdvantage;
import org.grpo4j.advantage.RawRewardAdvantage;
import org.grpo4j.advantage.ReinforcePlusPlusAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.advantage.StepRewards;
import org.grpo4j.advantage.WhitenedGroupBaselineAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** From the options of a golden vector to its estimator, and from its inputs to those of one. */
final class Estimators {

  private Estimators() {}

  /** The estimator of that name. */
  static AdvantageEstimator of(String name, CaseValues options) {
    return switch (name) {
      case "group" -> groupRelative(options, SingletonRule.ZERO);
      case "rloo" ->
          new LeaveOneOutAdvantage(
              options.flag("normalize", false)
                  ? Optional.of(whiteningByDeviation(options))
                  : Optional.empty());
      case "batch_mean" -> new BatchMeanAdvantage();
      case "none" -> new RawRewardAdvantage();
      case "remax" -> new GreedyBaselineAdvantage();
      case "reinforce_pp" ->
          new ReinforcePlusPlusAdvantage(options.number("gamma", 1), whitening(options));
      case "reinforce_pp_baseline" -> new WhitenedGroupBaselineAdvantage(whitening(options));
      case "process" -> process(options);
      case "filter_correct" -> new PositiveOnlyAdvantage(options.number("threshold"));
      default -> throw new UnsupportedOptionException("estimator: " + name);
    };
  }

  static GroupRelativeAdvantage groupRelative(CaseValues options, SingletonRule singletonRule) {
    RewardScale scale =
        options.choice(
            "scale",
            "group",
            Map.of(
                "group", RewardScale.GROUP, "batch", RewardScale.BATCH, "none", RewardScale.NONE));
    return new GroupRelativeAdvantage(
        scale, deviation(options), options.number("eps", 1e-4), singletonRule);
  }

  static ProcessSupervisionAdvantage process(CaseValues options) {
    return new ProcessSupervisionAdvantage(deviation(options), options.number("eps", 1e-4));
  }

  static GeneralizedAdvantage generalized(CaseValues options) {
    Whitening whitening =
        new Whitening(
            deviation("whiten_ddof", options),
            options.number("whiten_eps", 1e-8),
            EpsilonPlacement.ADDED_TO_VARIANCE);
    return new GeneralizedAdvantage(
        options.number("gamma"), options.number("lam"), Optional.of(whitening));
  }

  static Whitening whitening(CaseValues options) {
    EpsilonPlacement placement =
        options.choice(
            "eps_mode",
            "add_var",
            Map.of(
                "add_var", EpsilonPlacement.ADDED_TO_VARIANCE,
                "floor_var", EpsilonPlacement.FLOOR_OF_VARIANCE));
    return new Whitening(deviation(options), options.number("eps", 1e-8), placement);
  }

  static Whitening whiteningByDeviation(CaseValues options) {
    return new Whitening(
        deviation(options), options.number("eps", 1e-4), EpsilonPlacement.ADDED_TO_DEVIATION);
  }

  static Deviation deviation(CaseValues options) {
    return deviation("ddof", options);
  }

  private static Deviation deviation(String name, CaseValues options) {
    int ddof = (int) options.number(name, 1);
    return switch (ddof) {
      case 0 -> Deviation.POPULATION;
      case 1 -> Deviation.SAMPLE;
      default -> throw new UnsupportedOptionException(name + ": " + ddof);
    };
  }

  /**
   * The rewards of a case in groups of its {@code group_size}, one token each if it has no mask.
   */
  static AdvantageInputs inputs(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    DoubleVector rewards = inputs.vector("rewards");
    RowGroups groups = vectorCase.groups(rewards.size());
    TokenTable mask = inputs.has("mask") ? inputs.table("mask") : oneTokenEach(rewards.size());
    return inputs(inputs, rewards, groups, mask);
  }

  /** These rewards, with what else the case has for an estimator to look at. */
  static AdvantageInputs inputs(
      CaseValues inputs, DoubleVector rewards, RowGroups groups, TokenTable mask) {
    AdvantageInputs all = AdvantageInputs.of(rewards, groups, mask);
    if (inputs.has("greedy_rewards")) {
      all = all.withGreedyRewards(inputs.vector("greedy_rewards"));
    }
    if (inputs.has("step_rewards")) {
      all = all.withSteps(new StepRewards(inputs.table("step_rewards"), inputs.table("step_end")));
    }
    return inputs.has("token_rewards") ? all.withTokenRewards(inputs.table("token_rewards")) : all;
  }

  /** The inputs of estimators that do not look at a completion's reward. */
  static AdvantageInputs withoutRewards(CaseValues inputs, RowGroups groups, TokenTable mask) {
    return inputs(inputs, DoubleVector.constant(mask.rows(), 0), groups, mask);
  }

  static TokenTable oneTokenEach(int rows) {
    int[] lengths = new int[rows];
    Arrays.fill(lengths, 1);
    return TokenTable.constant(lengths, 1);
  }
}
