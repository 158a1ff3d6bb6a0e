package org.grpo4j.verify;

import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.SampleFilter;
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
    CaseValues advantage = vectorCase.options().object("advantage");
    String estimator = advantage.text("estimator", "");
    TokenTable mask = inputs.table("mask");
    DoubleVector rewards =
        inputs.has("rewards")
            ? shapedRewards(vectorCase, advantage, mask)
            : DoubleVector.constant(mask.rows(), 0);
    RowGroups groups = RowGroups.consecutive(mask.rows(), advantage.integer("group_size"));
    AdvantageInputs advantageInputs = Estimators.inputs(inputs, rewards, groups, mask);
    if (rewardsTokens(advantage)) {
      advantageInputs =
          advantageInputs.withTokenRewards(tokenRewards(inputs, advantage, rewards, mask));
    }
    Advantages advantages = Estimators.of(estimator, advantage).estimate(advantageInputs);
    TokenTable effective = mask;
    if (estimator.equals("filter_correct")) {
      effective = new SampleFilter(advantage.number("threshold")).apply(rewards, effective);
    }
    if (vectorCase.options().flag("mask_truncated", false)) {
      effective = Masks.keepRows(effective, ShapingChecks.not(inputs.vector("truncated")));
    }
    return AdvantageChecks.answers(vectorCase, advantages)
        .and(
            ObjectiveChecks.answers(
                ObjectiveChecks.evaluate(
                    vectorCase, inputs.table("logp"), advantages.perToken(), effective)))
        .with("shaped_rewards", rewards)
        .with("effective_mask", effective);
  }

  private static boolean rewardsTokens(CaseValues advantage) {
    return advantage.text("estimator", "").equals("reinforce_pp");
  }

  private static TokenTable tokenRewards(
      CaseValues inputs, CaseValues advantage, DoubleVector rewards, TokenTable mask) {
    return inputs.has("ref_logp")
        ? KlInReward.of(advantage.number("kl_in_reward", 0))
            .tokenRewards(rewards, inputs.table("old_logp"), inputs.table("ref_logp"), mask)
        : KlInReward.atLastToken(rewards, mask);
  }

  /** Rewards after the penalty for length and, one per completion, the KL divergence. */
  private static DoubleVector shapedRewards(
      VectorCase vectorCase, CaseValues advantage, TokenTable mask) {
    CaseValues inputs = vectorCase.inputs();
    double[] shaped = inputs.vector("rewards").toArray();
    if (vectorCase.options().has("overlong")) {
      CaseValues overlong = vectorCase.options().object("overlong");
      OverlongPenalty penalty = ShapingChecks.overlongPenalty(overlong);
      DoubleVector lengths = inputs.vector("lengths");
      for (int i = 0; i < shaped.length; i++) {
        shaped[i] += penalty.penalty((int) lengths.get(i), overlong.integer("max_length"));
      }
    }
    DoubleVector rewards = DoubleVector.of(shaped);
    if (!advantage.has("kl_in_reward") || rewardsTokens(advantage)) {
      return rewards;
    }
    return Columns.klInReward(advantage, "kl_in_reward")
        .rowRewards(
            AdvantageChecks.clippedScores(advantage, rewards),
            inputs.table("old_logp"),
            inputs.table("ref_logp"),
            mask);
  }
}
