package org.grpo4j.verify;

import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.BatchMeanAdvantage;
import org.grpo4j.advantage.GreedyBaselineAdvantage;
import org.grpo4j.advantage.PositiveOnlyAdvantage;
import org.grpo4j.advantage.RawRewardAdvantage;
import org.grpo4j.advantage.ReinforcePlusPlusAdvantage;
import org.grpo4j.advantage.SampleFilter;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.advantage.WhitenedGroupBaselineAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.reward.OverlongPenalty;

/** The kind {@code pipeline}: from rewards to the derivative of the loss in one go. */
final class PipelineCheck {

  private PipelineCheck() {}

  static Answers compute(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    CaseValues options = vectorCase.options();
    CaseValues advantageOptions = options.object("advantage");
    TokenTable mask = inputs.table("mask");
    DoubleVector rewards =
        inputs.has("rewards")
            ? shapedRewards(inputs, options, mask)
            : DoubleVector.constant(mask.rows(), 0);

    AdvantageEstimator estimator = estimator(advantageOptions);
    Advantages advantages =
        estimator.estimate(advantageInputs(inputs, advantageOptions, rewards, mask));
    TokenTable effectiveMask = effectiveMask(inputs, options, rewards, mask);

    Answers answers =
        ObjectiveChecks.answers(
            ObjectiveChecks.evaluate(
                vectorCase, inputs.table("logp"), advantages.perToken(), effectiveMask));
    answers.with("shaped_rewards", rewards).with("effective_mask", effectiveMask);
    boolean perToken = vectorCase.expected().path("advantages").path(0).isArray();
    return perToken
        ? answers.with("advantages", advantages.perToken())
        : answers.with("advantages", advantages.perRow().orElseThrow());
  }

  private static AdvantageEstimator estimator(CaseValues options) {
    String name = options.text("estimator", "");
    return switch (name) {
      case "group" -> AdvantageChecks.groupRelative(options, SingletonRule.ZERO);
      case "rloo" -> AdvantageChecks.leaveOneOut(options);
      case "batch_mean" -> new BatchMeanAdvantage();
      case "none" -> new RawRewardAdvantage();
      case "remax" -> new GreedyBaselineAdvantage();
      case "reinforce_pp" ->
          new ReinforcePlusPlusAdvantage(
              options.number("gamma", 1), TokenAdvantageChecks.whitening(options));
      case "reinforce_pp_baseline" ->
          new WhitenedGroupBaselineAdvantage(TokenAdvantageChecks.whitening(options));
      case "process" -> TokenAdvantageChecks.process(options);
      case "filter_correct" -> new PositiveOnlyAdvantage(options.number("threshold"));
      default -> throw new UnsupportedOptionException("estimator: " + name);
    };
  }

  private static AdvantageInputs advantageInputs(
      CaseValues inputs, CaseValues options, DoubleVector rewards, TokenTable mask) {
    RowGroups groups = RowGroups.consecutive(mask.rows(), options.integer("group_size"));
    AdvantageInputs advantageInputs = AdvantageInputs.of(rewards, groups, mask);
    if (inputs.has("greedy_rewards")) {
      advantageInputs = advantageInputs.withGreedyRewards(inputs.vector("greedy_rewards"));
    }
    if (inputs.has("step_rewards")) {
      advantageInputs = advantageInputs.withSteps(TokenAdvantageChecks.steps(inputs));
    }
    if (rewardsTokens(options)) {
      Optional<TokenTable> reference = inputs.optionalTable("ref_logp");
      TokenTable tokenRewards =
          reference.isPresent()
              ? KlInReward.of(options.number("kl_in_reward", 0))
                  .tokenRewards(rewards, inputs.table("old_logp"), reference.get(), mask)
              : KlInReward.atLastToken(rewards, mask);
      advantageInputs = advantageInputs.withTokenRewards(tokenRewards);
    }
    return advantageInputs;
  }

  /** Rewards after the penalty for length and, one per completion, the KL divergence. */
  private static DoubleVector shapedRewards(
      CaseValues inputs, CaseValues options, TokenTable mask) {
    double[] shaped = inputs.vector("rewards").toArray();
    if (options.has("overlong")) {
      OverlongPenalty penalty = ShapingChecks.overlongPenalty(options.object("overlong"));
      int maxLength = options.object("overlong").integer("max_length");
      DoubleVector lengths = inputs.vector("lengths");
      for (int i = 0; i < shaped.length; i++) {
        shaped[i] += penalty.penalty((int) lengths.get(i), maxLength);
      }
    }
    DoubleVector rewards = DoubleVector.of(shaped);
    CaseValues advantage = options.object("advantage");
    if (!advantage.has("kl_in_reward") || rewardsTokens(advantage)) {
      return rewards;
    }
    return AdvantageChecks.klInReward(advantage, "kl_in_reward")
        .rowRewards(
            AdvantageChecks.clippedScores(advantage, rewards),
            inputs.table("old_logp"),
            inputs.table("ref_logp"),
            mask);
  }

  private static boolean rewardsTokens(CaseValues advantage) {
    return advantage.text("estimator", "").equals("reinforce_pp");
  }

  private static TokenTable effectiveMask(
      CaseValues inputs, CaseValues options, DoubleVector rewards, TokenTable mask) {
    TokenTable effective = mask;
    CaseValues advantage = options.object("advantage");
    if (advantage.text("estimator", "").equals("filter_correct")) {
      effective = new SampleFilter(advantage.number("threshold")).apply(rewards, effective);
    }
    if (options.flag("mask_truncated", false)) {
      effective = Masks.keepRows(effective, ShapingChecks.not(inputs.vector("truncated")));
    }
    return effective;
  }
}
