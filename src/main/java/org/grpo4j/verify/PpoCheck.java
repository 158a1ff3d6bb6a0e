package org.grpo4j.verify;

import java.util.Optional;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.EpsilonPlacement;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.ExplainedVariance;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.ValueLossResult;

/** The kind {@code ppo_loss}: a whole PPO step with a critic. */
final class PpoCheck {

  private PpoCheck() {}

  static Answers compute(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    CaseValues options = vectorCase.options();
    TokenTable mask = inputs.table("mask");
    TokenTable oldValues = inputs.table("old_values");
    RowGroups groups = RowGroups.consecutive(mask.rows(), 1);
    TokenTable tokenRewards =
        AdvantageChecks.klInReward(options, "kl_in_reward")
            .tokenRewards(
                AdvantageChecks.clippedScores(options, inputs.vector("scores")),
                inputs.table("old_logp"),
                inputs.table("ref_logp"),
                mask);

    GeneralizedAdvantage estimator = estimator(options);
    AdvantageInputs advantageInputs =
        TokenAdvantageChecks.withoutRewards(groups, mask)
            .withTokenRewards(tokenRewards)
            .withValues(oldValues);
    Advantages advantages = estimator.estimate(advantageInputs);
    TokenTable returns = advantages.returns().orElseThrow();

    ObjectiveResult policy =
        ObjectiveChecks.evaluate(vectorCase, inputs.table("logp"), advantages.perToken(), mask);
    ValueLossResult value =
        ObjectiveChecks.valueLoss(options)
            .evaluate(inputs.table("values"), oldValues, returns, mask, groups);
    double valueCoefficient = options.number("value_coef");
    return new Answers()
        .with("token_rewards", tokenRewards)
        .with("gae", estimator.beforeWhitening(advantageInputs))
        .with("advantages", advantages.perToken())
        .with("returns", returns)
        .with("policy_loss", policy.loss())
        .with("value_loss", value.loss())
        .with("loss", policy.loss() + valueCoefficient * value.loss())
        .with("dloss_dlogp", policy.lossByLogProb())
        .with("dloss_dvalue", scale(value.lossByValue(), valueCoefficient))
        .with("clip_region_mean", policy.metrics().clipRegion())
        .with("value_clip_frac", value.clipFraction())
        .with("explained_variance", ExplainedVariance.of(oldValues, returns, mask));
  }

  private static GeneralizedAdvantage estimator(CaseValues options) {
    Whitening whitening =
        new Whitening(
            options.number("whiten_ddof", 1) == 0 ? Deviation.POPULATION : Deviation.SAMPLE,
            options.number("whiten_eps", 1e-8),
            EpsilonPlacement.ADDED_TO_VARIANCE);
    return new GeneralizedAdvantage(
        options.number("gamma"), options.number("lam"), Optional.of(whitening));
  }

  private static TokenTable scale(TokenTable table, double factor) {
    double[][] scaled = table.toArrays();
    for (double[] row : scaled) {
      for (int t = 0; t < row.length; t++) {
        row[t] *= factor;
      }
    }
    return TokenTable.of(scaled);
  }
}
