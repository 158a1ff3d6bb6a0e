package org.grpo4j.whatif;

import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.BatchMeanAdvantage;
import org.grpo4j.advantage.EpsilonPlacement;
import org.grpo4j.advantage.GreedyBaselineAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.PositiveOnlyAdvantage;
import org.grpo4j.advantage.RawRewardAdvantage;
import org.grpo4j.advantage.ReinforcePlusPlusAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.advantage.WhitenedGroupBaselineAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.Deviation;
import org.grpo4j.verify.CaseValues;
import org.grpo4j.verify.VectorCase;

/** The estimators of golden cases. */
final class GoldenEstimators {

  private GoldenEstimators() {}

  static AdvantageEstimator of(VectorCase one) {
    CaseValues options = one.options();
    return switch (one.kind()) {
      case "advantage_rloo" -> leaveOneOut(options);
      case "advantage_remax" -> new GreedyBaselineAdvantage();
      case "advantage_reinforce_pp_baseline" ->
          new WhitenedGroupBaselineAdvantage(whitening(options));
      default ->
          switch (options.text("baseline", "group")) {
            case "batch" -> new BatchMeanAdvantage();
            case "none" -> new RawRewardAdvantage();
            default -> groupRelative(options);
          };
    };
  }

  static AdvantageEstimator ofPipeline(CaseValues options) {
    return switch (options.text("estimator", "")) {
      case "group" -> groupRelative(options);
      case "rloo" -> leaveOneOut(options);
      case "batch_mean" -> new BatchMeanAdvantage();
      case "none" -> new RawRewardAdvantage();
      case "remax" -> new GreedyBaselineAdvantage();
      case "reinforce_pp" ->
          new ReinforcePlusPlusAdvantage(options.number("gamma", 1), whitening(options));
      case "reinforce_pp_baseline" -> new WhitenedGroupBaselineAdvantage(whitening(options));
      case "filter_correct" -> new PositiveOnlyAdvantage(options.number("threshold"));
      default -> throw new IllegalArgumentException(options.text("estimator", ""));
    };
  }

  private static AdvantageEstimator groupRelative(CaseValues options) {
    RewardScale scale =
        switch (options.text("scale", "group")) {
          case "batch" -> RewardScale.BATCH;
          case "none" -> RewardScale.NONE;
          default -> RewardScale.GROUP;
        };
    return new GroupRelativeAdvantage(
        scale,
        deviation(options),
        options.number("eps", 1e-4),
        options.has("singleton") ? SingletonRule.RAW_REWARD : SingletonRule.ZERO);
  }

  private static AdvantageEstimator leaveOneOut(CaseValues options) {
    Whitening whitening =
        new Whitening(
            deviation(options), options.number("eps", 1e-4), EpsilonPlacement.ADDED_TO_DEVIATION);
    return new LeaveOneOutAdvantage(
        options.flag("normalize", false) ? Optional.of(whitening) : Optional.empty());
  }

  private static Whitening whitening(CaseValues options) {
    boolean added = options.text("eps_mode", "add_var").equals("add_var");
    return new Whitening(
        deviation(options),
        options.number("eps", 1e-8),
        added ? EpsilonPlacement.ADDED_TO_VARIANCE : EpsilonPlacement.FLOOR_OF_VARIANCE);
  }

  private static Deviation deviation(CaseValues options) {
    return options.number("ddof", 1) == 0 ? Deviation.POPULATION : Deviation.SAMPLE;
  }
}
