package org.grpo4j.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.NormalizeThenSum;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.advantage.SumThenNormalize;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.DeadGroups;
import org.grpo4j.metric.RewardStatistics;

/** Kinds whose advantage comes from one reward per completion. */
final class AdvantageChecks {

  private AdvantageChecks() {}

  static Map<String, Function<VectorCase, Answers>> kinds() {
    return Map.of(
        "advantage_group", AdvantageChecks::group,
        "advantage_group_ids", AdvantageChecks::groupIds,
        "advantage_rloo", one -> estimated("rloo", one),
        "advantage_rloo_kl", AdvantageChecks::leaveOneOutWithKl,
        "advantage_remax", one -> estimated("remax", one),
        "advantage_reinforce_pp_baseline", one -> estimated("reinforce_pp_baseline", one),
        "advantage_multi_reward", AdvantageChecks::severalRewards);
  }

  private static Answers estimated(String estimator, VectorCase vectorCase) {
    return answers(
        vectorCase,
        Estimators.of(estimator, vectorCase.options()).estimate(Estimators.inputs(vectorCase)));
  }

  /** One number per row if that is what the case expects, else one per token; and the returns. */
  static Answers answers(VectorCase vectorCase, Advantages advantages) {
    boolean tokens = vectorCase.expected().path("advantages").path(0).isArray();
    Answers answers = new Answers();
    advantages.returns().ifPresent(returns -> answers.with("returns", returns));
    return tokens || advantages.perRow().isEmpty()
        ? answers.with("advantages", advantages.perToken())
        : answers.with("advantages", advantages.perRow().get());
  }

  private static Answers group(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    String baseline = options.text("baseline", "group");
    if (!baseline.equals("group") && !options.text("scale", "group").equals("none")) {
      throw new UnsupportedOptionException("baseline: " + baseline + " with a scale");
    }
    String estimator =
        options.choice(
            "baseline", "group", Map.of("group", "group", "batch", "batch_mean", "none", "none"));
    AdvantageInputs inputs = Estimators.inputs(vectorCase);
    Deviation deviation = Estimators.deviation(options);
    RewardStatistics statistics = RewardStatistics.of(inputs.rewards(), inputs.groups(), deviation);
    int groups = inputs.groups().count();
    return estimated(estimator, vectorCase)
        .with("group_mean", groups, g -> inputs.groupMoments(g).mean())
        .with("group_std", groups, g -> deviation.standardDeviation(inputs.groupMoments(g)))
        .with("batch_std", statistics.standardDeviation())
        .with("frac_zero_std", deadShare(inputs));
  }

  /** The share of groups that are dead for GRPO; {@code NaN} if all groups are of one. */
  static double deadShare(AdvantageInputs inputs) {
    Advantages advantages = GroupRelativeAdvantage.standard().estimate(inputs);
    return DeadGroups.of(advantages, Optional.empty()).map(DeadGroups::share).orElse(Double.NaN);
  }

  private static Answers groupIds(VectorCase vectorCase) {
    DoubleVector ids = vectorCase.inputs().vector("group_ids");
    int[] groupIds = Arrays.stream(ids.toArray()).mapToInt(id -> (int) id).toArray();
    DoubleVector rewards = vectorCase.inputs().vector("rewards");
    AdvantageInputs inputs =
        AdvantageInputs.of(
            rewards, RowGroups.of(groupIds), Estimators.oneTokenEach(rewards.size()));
    return answers(
        vectorCase,
        Estimators.groupRelative(vectorCase.options(), SingletonRule.RAW_REWARD).estimate(inputs));
  }

  private static Answers leaveOneOutWithKl(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    CaseValues options = vectorCase.options();
    TokenTable mask = inputs.table("mask");
    DoubleVector shaped =
        Columns.klInReward(options, "beta")
            .rowRewards(
                clippedScores(options, inputs.vector("rewards")),
                inputs.table("old_logp"),
                inputs.table("ref_logp"),
                mask);
    AdvantageInputs rewards = AdvantageInputs.of(shaped, vectorCase.groups(shaped.size()), mask);
    return answers(vectorCase, Estimators.of("rloo", options).estimate(rewards))
        .with("shaped_rewards", shaped);
  }

  /** Some libraries bring scores into a range first; no run here does. */
  static DoubleVector clippedScores(CaseValues options, DoubleVector scores) {
    if (!options.has("reward_clip")) {
      return scores;
    }
    DoubleVector bounds = options.vector("reward_clip");
    double[] clipped = scores.toArray();
    Arrays.setAll(clipped, i -> Math.max(bounds.get(0), Math.min(clipped[i], bounds.get(1))));
    return DoubleVector.of(clipped);
  }

  private static Answers severalRewards(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    TokenTable parts = vectorCase.inputs().table("rewards");
    DoubleVector weights = vectorCase.inputs().vector("weights");
    int rows = parts.rows();
    AdvantageInputs inputs =
        AdvantageInputs.of(
                DoubleVector.constant(rows, 0),
                vectorCase.groups(rows),
                Estimators.oneTokenEach(rows))
            .withRewardParts(parts);
    GroupRelativeAdvantage single = Estimators.groupRelative(options, SingletonRule.ZERO);
    String mode = options.text("mode", "");
    if (mode.equals("sum_then_normalize")) {
      SumThenNormalize estimator = new SumThenNormalize(weights, single);
      return answers(vectorCase, estimator.estimate(inputs))
          .with("combined", estimator.combined(inputs));
    }
    if (mode.equals("normalize_then_sum")) {
      NormalizeThenSum estimator =
          new NormalizeThenSum(weights, single, Estimators.whiteningByDeviation(options));
      return answers(vectorCase, estimator.estimate(inputs))
          .with("combined", estimator.combined(inputs));
    }
    throw new UnsupportedOptionException("mode: " + mode);
  }
}
