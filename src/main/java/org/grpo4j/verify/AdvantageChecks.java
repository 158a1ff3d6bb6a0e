package org.grpo4j.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.BatchMeanAdvantage;
import org.grpo4j.advantage.EpsilonPlacement;
import org.grpo4j.advantage.GreedyBaselineAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.NormalizeThenSum;
import org.grpo4j.advantage.RawRewardAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.advantage.SumThenNormalize;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.DeadGroups;
import org.grpo4j.metric.RewardStatistics;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlInReward;

/** Kinds whose advantage is one number per completion. */
final class AdvantageChecks {

  private AdvantageChecks() {}

  static Map<String, KindCheck> kinds() {
    return Map.of(
        "advantage_group", AdvantageChecks::group,
        "advantage_group_ids", AdvantageChecks::groupIds,
        "advantage_rloo", AdvantageChecks::leaveOneOut,
        "advantage_rloo_kl", AdvantageChecks::leaveOneOutWithKl,
        "advantage_remax", AdvantageChecks::greedyBaseline,
        "advantage_multi_reward", AdvantageChecks::severalRewards);
  }

  private static Answers group(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    AdvantageInputs inputs = rewards(vectorCase);
    Deviation deviation = deviation(options);
    double[] means = new double[inputs.groups().count()];
    double[] deviations = new double[means.length];
    for (int g = 0; g < means.length; g++) {
      Moments moments = inputs.groupMoments(g);
      means[g] = moments.mean();
      deviations[g] = deviation.standardDeviation(moments);
    }
    RewardStatistics statistics = RewardStatistics.of(inputs.rewards(), inputs.groups(), deviation);
    return perRow(baseline(options).estimate(inputs))
        .with("group_mean", DoubleVector.of(means))
        .with("group_std", DoubleVector.of(deviations))
        .with("batch_std", statistics.standardDeviation())
        .with("frac_zero_std", deadShare(inputs));
  }

  /** The share of groups that are dead for GRPO; {@code NaN} if all groups are of one. */
  static double deadShare(AdvantageInputs inputs) {
    Advantages advantages = GroupRelativeAdvantage.standard().estimate(inputs);
    return DeadGroups.of(advantages, Optional.empty()).map(DeadGroups::share).orElse(Double.NaN);
  }

  private static AdvantageEstimator baseline(CaseValues options) {
    String name = options.text("baseline", "group");
    if (!name.equals("group") && !options.text("scale", "group").equals("none")) {
      throw new UnsupportedOptionException("baseline: " + name + " with a scale");
    }
    return switch (name) {
      case "group" -> groupRelative(options, SingletonRule.ZERO);
      case "batch" -> new BatchMeanAdvantage();
      case "none" -> new RawRewardAdvantage();
      default -> throw new UnsupportedOptionException("baseline: " + name);
    };
  }

  private static Answers groupIds(VectorCase vectorCase) {
    DoubleVector ids = vectorCase.inputs().vector("group_ids");
    int[] groupIds = new int[ids.size()];
    for (int i = 0; i < groupIds.length; i++) {
      groupIds[i] = (int) ids.get(i);
    }
    DoubleVector rewards = vectorCase.inputs().vector("rewards");
    AdvantageInputs inputs =
        AdvantageInputs.of(rewards, RowGroups.of(groupIds), oneTokenEach(rewards.size()));
    return perRow(groupRelative(vectorCase.options(), SingletonRule.RAW_REWARD).estimate(inputs));
  }

  private static Answers leaveOneOut(VectorCase vectorCase) {
    return perRow(leaveOneOut(vectorCase.options()).estimate(rewards(vectorCase)));
  }

  static LeaveOneOutAdvantage leaveOneOut(CaseValues options) {
    boolean normalize = options.flag("normalize", false);
    return new LeaveOneOutAdvantage(
        normalize ? Optional.of(whiteningByDeviation(options)) : Optional.empty());
  }

  private static Answers leaveOneOutWithKl(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    TokenTable mask = inputs.table("mask");
    KlInReward kl = klInReward(vectorCase.options(), "beta");
    DoubleVector shaped =
        kl.rowRewards(
            clippedScores(vectorCase.options(), inputs.vector("rewards")),
            inputs.table("old_logp"),
            inputs.table("ref_logp"),
            mask);
    RowGroups groups =
        RowGroups.consecutive(shaped.size(), vectorCase.options().integer("group_size"));
    Advantages advantages =
        new LeaveOneOutAdvantage().estimate(AdvantageInputs.of(shaped, groups, mask));
    return perRow(advantages).with("shaped_rewards", shaped);
  }

  static KlInReward klInReward(CaseValues options, String betaName) {
    boolean named = options.has("kl_estimator");
    return new KlInReward(
        options.number(betaName), named ? Columns.klEstimator(options) : KlEstimator.K1);
  }

  /** Some libraries bring scores into a range first; no run here does. */
  static DoubleVector clippedScores(CaseValues options, DoubleVector scores) {
    if (!options.has("reward_clip")) {
      return scores;
    }
    DoubleVector bounds = options.vector("reward_clip");
    double[] clipped = scores.toArray();
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] = Math.max(bounds.get(0), Math.min(clipped[i], bounds.get(1)));
    }
    return DoubleVector.of(clipped);
  }

  private static Answers greedyBaseline(VectorCase vectorCase) {
    CaseValues values = vectorCase.inputs();
    DoubleVector rewards = values.vector("rewards");
    AdvantageInputs inputs =
        AdvantageInputs.of(rewards, RowGroups.consecutive(rewards.size(), 1), values.table("mask"))
            .withGreedyRewards(values.vector("greedy_rewards"));
    Advantages advantages = new GreedyBaselineAdvantage().estimate(inputs);
    return tokensOrRows(vectorCase, advantages);
  }

  private static Answers severalRewards(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    TokenTable parts = vectorCase.inputs().table("rewards");
    DoubleVector weights = vectorCase.inputs().vector("weights");
    int rows = parts.rows();
    AdvantageInputs inputs =
        AdvantageInputs.of(
                DoubleVector.constant(rows, 0),
                RowGroups.consecutive(rows, options.integer("group_size")),
                oneTokenEach(rows))
            .withRewardParts(parts);
    GroupRelativeAdvantage single = groupRelative(options, SingletonRule.ZERO);
    String mode = options.text("mode", "");
    if (mode.equals("sum_then_normalize")) {
      SumThenNormalize estimator = new SumThenNormalize(weights, single);
      return perRow(estimator.estimate(inputs)).with("combined", estimator.combined(inputs));
    }
    if (mode.equals("normalize_then_sum")) {
      NormalizeThenSum estimator =
          new NormalizeThenSum(weights, single, whiteningByDeviation(options));
      return perRow(estimator.estimate(inputs)).with("combined", estimator.combined(inputs));
    }
    throw new UnsupportedOptionException("mode: " + mode);
  }

  private static Whitening whiteningByDeviation(CaseValues options) {
    return new Whitening(
        deviation(options), options.number("eps", 1e-4), EpsilonPlacement.ADDED_TO_DEVIATION);
  }

  static GroupRelativeAdvantage groupRelative(CaseValues options, SingletonRule singletonRule) {
    String name = options.text("scale", "group");
    RewardScale scale =
        switch (name) {
          case "group" -> RewardScale.GROUP;
          case "batch" -> RewardScale.BATCH;
          case "none" -> RewardScale.NONE;
          default -> throw new UnsupportedOptionException("scale: " + name);
        };
    return new GroupRelativeAdvantage(
        scale, deviation(options), options.number("eps", 1e-4), singletonRule);
  }

  static Deviation deviation(CaseValues options) {
    int ddof = (int) options.number("ddof", 1);
    return switch (ddof) {
      case 0 -> Deviation.POPULATION;
      case 1 -> Deviation.SAMPLE;
      default -> throw new UnsupportedOptionException("ddof: " + ddof);
    };
  }

  static AdvantageInputs rewards(VectorCase vectorCase) {
    DoubleVector rewards = vectorCase.inputs().vector("rewards");
    RowGroups groups =
        RowGroups.consecutive(rewards.size(), vectorCase.options().integer("group_size"));
    return AdvantageInputs.of(rewards, groups, oneTokenEach(rewards.size()));
  }

  private static TokenTable oneTokenEach(int rows) {
    int[] lengths = new int[rows];
    Arrays.fill(lengths, 1);
    return TokenTable.constant(lengths, 1);
  }

  private static Answers perRow(Advantages advantages) {
    return new Answers().with("advantages", advantages.perRow().orElseThrow());
  }

  /** One number per row if that is what the case expects, else one per token. */
  static Answers tokensOrRows(VectorCase vectorCase, Advantages advantages) {
    boolean tokens = vectorCase.expected().path("advantages").path(0).isArray();
    return tokens ? new Answers().with("advantages", advantages.perToken()) : perRow(advantages);
  }
}
