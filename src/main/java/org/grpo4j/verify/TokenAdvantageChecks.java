package org.grpo4j.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.ProcessSupervisionAdvantage;
import org.grpo4j.advantage.StepRewards;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.ExplainedVariance;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.ValueLossResult;

/** Kinds whose advantage comes from rewards of tokens or steps, and the PPO step made of one. */
final class TokenAdvantageChecks {

  private TokenAdvantageChecks() {}

  static Map<String, Function<VectorCase, Answers>> kinds() {
    return Map.of(
        "advantage_process", TokenAdvantageChecks::process,
        "advantage_reinforce_pp", TokenAdvantageChecks::reinforcePlusPlus,
        "gae", TokenAdvantageChecks::generalized,
        "token_rewards",
            one -> new Answers().with("token_rewards", tokenRewards(one, "beta", "logp")),
        "ppo_loss", TokenAdvantageChecks::ppoLoss,
        "whiten", TokenAdvantageChecks::whiten);
  }

  private static Answers process(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    DoubleVector lengths = vectorCase.inputs().vector("lengths");
    TokenTable mask = maskOfLengths(lengths, options.integer("columns"));
    RowGroups oneGroup = RowGroups.consecutive(lengths.size(), lengths.size());
    ProcessSupervisionAdvantage estimator = Estimators.process(options);
    AdvantageInputs inputs = Estimators.withoutRewards(vectorCase.inputs(), oneGroup, mask);
    StepRewards steps = inputs.steps().orElseThrow();
    Moments moments = ProcessSupervisionAdvantage.groupMoments(steps, oneGroup, 0);
    return AdvantageChecks.answers(vectorCase, estimator.estimate(inputs))
        .with("normalized", estimator.normalizedSteps(steps, oneGroup))
        .with("mean", moments.mean())
        .with("std", Estimators.deviation(options).standardDeviation(moments));
  }

  static TokenTable maskOfLengths(DoubleVector lengths, int columns) {
    double[][] mask = new double[lengths.size()][columns];
    for (int i = 0; i < mask.length; i++) {
      Arrays.fill(mask[i], 0, (int) lengths.get(i), 1);
    }
    return TokenTable.of(mask);
  }

  private static Answers reinforcePlusPlus(VectorCase vectorCase) {
    return AdvantageChecks.answers(
        vectorCase,
        Estimators.of("reinforce_pp", vectorCase.options()).estimate(rowsAlone(vectorCase)));
  }

  private static AdvantageInputs rowsAlone(VectorCase vectorCase) {
    TokenTable mask = vectorCase.inputs().table("mask");
    return Estimators.withoutRewards(
        vectorCase.inputs(), RowGroups.consecutive(mask.rows(), 1), mask);
  }

  private static Answers generalized(VectorCase vectorCase) {
    CaseValues values = vectorCase.inputs();
    AdvantageInputs inputs =
        rowsAlone(vectorCase)
            .withTokenRewards(values.table("rewards"))
            .withValues(values.table("values"));
    if (values.has("last_values")) {
      double[] bootstrap = values.vector("last_values").toArray();
      DoubleVector terminal =
          values.has("terminal")
              ? values.vector("terminal")
              : DoubleVector.constant(bootstrap.length, 0);
      Arrays.setAll(bootstrap, i -> terminal.get(i) != 0 ? 0 : bootstrap[i]);
      inputs = inputs.withBootstrapValues(DoubleVector.of(bootstrap));
    }
    GeneralizedAdvantage estimator = Estimators.generalized(vectorCase.options());
    Advantages advantages = estimator.estimate(inputs);
    return new Answers()
        .with("advantages", estimator.beforeWhitening(inputs))
        .with("returns", advantages.returns().orElseThrow())
        .with("whitened", advantages.perToken());
  }

  private static TokenTable tokenRewards(VectorCase vectorCase, String beta, String logProbs) {
    CaseValues values = vectorCase.inputs();
    return Columns.klInReward(vectorCase.options(), beta)
        .tokenRewards(
            AdvantageChecks.clippedScores(vectorCase.options(), values.vector("scores")),
            values.table(logProbs),
            values.table("ref_logp"),
            values.table("mask"));
  }

  /** A whole PPO step with a critic. */
  private static Answers ppoLoss(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    TokenTable mask = inputs.table("mask");
    TokenTable oldValues = inputs.table("old_values");
    TokenTable tokenRewards = tokenRewards(vectorCase, "kl_in_reward", "old_logp");
    GeneralizedAdvantage estimator = Estimators.generalized(vectorCase.options());
    AdvantageInputs rewards =
        rowsAlone(vectorCase).withTokenRewards(tokenRewards).withValues(oldValues);
    Advantages advantages = estimator.estimate(rewards);
    TokenTable returns = advantages.returns().orElseThrow();
    ObjectiveResult policy =
        ObjectiveChecks.evaluate(vectorCase, inputs.table("logp"), advantages.perToken(), mask);
    ValueLossResult value = ObjectiveChecks.valueLoss(vectorCase, returns);
    double valueCoefficient = vectorCase.options().number("value_coef");
    return new Answers()
        .with("token_rewards", tokenRewards)
        .with("gae", estimator.beforeWhitening(rewards))
        .with("advantages", advantages.perToken())
        .with("returns", returns)
        .with("policy_loss", policy.loss())
        .with("value_loss", value.loss())
        .with("loss", policy.loss() + valueCoefficient * value.loss())
        .with("dloss_dlogp", policy.lossByLogProb())
        .with("dloss_dvalue", value.lossByValue().times(valueCoefficient))
        .with("clip_region_mean", policy.metrics().clipRegion())
        .with("value_clip_frac", value.clipFraction())
        .with("explained_variance", ExplainedVariance.of(oldValues, returns, mask));
  }

  private static Answers whiten(VectorCase vectorCase) {
    TokenTable table = vectorCase.inputs().table("x");
    TokenTable mask = vectorCase.inputs().table("mask");
    double[][] whitened = Estimators.whitening(vectorCase.options()).apply(table, mask).toArrays();
    // Rewards keep their mean in TRL and verl; nothing here whitens rewards.
    double kept =
        vectorCase.options().flag("shift_mean", true) ? 0 : Moments.ofMasked(table, mask).mean();
    for (int i = 0; i < whitened.length; i++) {
      for (int t = 0; t < whitened[i].length; t++) {
        whitened[i][t] += mask.get(i, t) != 0 ? kept : 0;
      }
    }
    return new Answers().with("whitened", TokenTable.of(whitened));
  }
}
