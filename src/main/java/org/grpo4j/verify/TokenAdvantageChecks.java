package org.grpo4j.verify;

import java.util.Map;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.advantage.EpsilonPlacement;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.ProcessSupervisionAdvantage;
import org.grpo4j.advantage.ReinforcePlusPlusAdvantage;
import org.grpo4j.advantage.StepRewards;
import org.grpo4j.advantage.WhitenedGroupBaselineAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** Kinds whose advantage is one number per token. */
final class TokenAdvantageChecks {

  private TokenAdvantageChecks() {}

  static Map<String, KindCheck> kinds() {
    return Map.of(
        "advantage_process", TokenAdvantageChecks::process,
        "advantage_reinforce_pp", TokenAdvantageChecks::reinforcePlusPlus,
        "advantage_reinforce_pp_baseline", TokenAdvantageChecks::whitenedGroupBaseline,
        "gae", TokenAdvantageChecks::generalized,
        "token_rewards", TokenAdvantageChecks::tokenRewards,
        "whiten", TokenAdvantageChecks::whiten);
  }

  private static Answers process(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    StepRewards steps = steps(vectorCase.inputs());
    DoubleVector lengths = vectorCase.inputs().vector("lengths");
    TokenTable mask = maskOfLengths(lengths, options.integer("columns"));
    RowGroups oneGroup = RowGroups.consecutive(lengths.size(), lengths.size());
    ProcessSupervisionAdvantage estimator = process(options);
    AdvantageInputs inputs = withoutRewards(oneGroup, mask).withSteps(steps);
    Moments moments = ProcessSupervisionAdvantage.groupMoments(steps, oneGroup, 0);
    return new Answers()
        .with("normalized", estimator.normalizedSteps(steps, oneGroup))
        .with("advantages", estimator.estimate(inputs).perToken())
        .with("mean", moments.mean())
        .with("std", AdvantageChecks.deviation(options).standardDeviation(moments));
  }

  static ProcessSupervisionAdvantage process(CaseValues options) {
    return new ProcessSupervisionAdvantage(
        AdvantageChecks.deviation(options), options.number("eps", 1e-4));
  }

  static StepRewards steps(CaseValues inputs) {
    return new StepRewards(inputs.table("step_rewards"), inputs.table("step_end"));
  }

  static TokenTable maskOfLengths(DoubleVector lengths, int columns) {
    double[][] mask = new double[lengths.size()][columns];
    for (int i = 0; i < mask.length; i++) {
      for (int t = 0; t < lengths.get(i); t++) {
        mask[i][t] = 1;
      }
    }
    return TokenTable.of(mask);
  }

  private static Answers reinforcePlusPlus(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    TokenTable mask = vectorCase.inputs().table("mask");
    AdvantageInputs inputs =
        withoutRewards(RowGroups.consecutive(mask.rows(), 1), mask)
            .withTokenRewards(vectorCase.inputs().table("token_rewards"));
    Advantages advantages =
        new ReinforcePlusPlusAdvantage(options.number("gamma"), whitening(options))
            .estimate(inputs);
    return new Answers()
        .with("returns", advantages.returns().orElseThrow())
        .with("advantages", advantages.perToken());
  }

  private static Answers whitenedGroupBaseline(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    TokenTable mask = vectorCase.inputs().table("mask");
    AdvantageInputs inputs =
        AdvantageInputs.of(
            vectorCase.inputs().vector("rewards"),
            RowGroups.consecutive(mask.rows(), options.integer("group_size")),
            mask);
    Advantages advantages = new WhitenedGroupBaselineAdvantage(whitening(options)).estimate(inputs);
    return new Answers().with("advantages", advantages.perToken());
  }

  private static Answers generalized(VectorCase vectorCase) {
    CaseValues values = vectorCase.inputs();
    CaseValues options = vectorCase.options();
    TokenTable mask = values.table("mask");
    AdvantageInputs inputs =
        withoutRewards(RowGroups.consecutive(mask.rows(), 1), mask)
            .withTokenRewards(values.table("rewards"))
            .withValues(values.table("values"));
    if (values.has("last_values")) {
      double[] bootstrap = values.vector("last_values").toArray();
      DoubleVector terminal =
          values.has("terminal")
              ? values.vector("terminal")
              : DoubleVector.constant(bootstrap.length, 0);
      for (int i = 0; i < bootstrap.length; i++) {
        bootstrap[i] = terminal.get(i) != 0 ? 0 : bootstrap[i];
      }
      inputs = inputs.withBootstrapValues(DoubleVector.of(bootstrap));
    }
    GeneralizedAdvantage estimator =
        new GeneralizedAdvantage(
            options.number("gamma"), options.number("lam"), Optional.of(Whitening.standard()));
    Advantages advantages = estimator.estimate(inputs);
    return new Answers()
        .with("advantages", estimator.beforeWhitening(inputs))
        .with("returns", advantages.returns().orElseThrow())
        .with("whitened", advantages.perToken());
  }

  private static Answers tokenRewards(VectorCase vectorCase) {
    CaseValues values = vectorCase.inputs();
    TokenTable rewards =
        AdvantageChecks.klInReward(vectorCase.options(), "beta")
            .tokenRewards(
                AdvantageChecks.clippedScores(vectorCase.options(), values.vector("scores")),
                values.table("logp"),
                values.table("ref_logp"),
                values.table("mask"));
    return new Answers().with("token_rewards", rewards);
  }

  private static Answers whiten(VectorCase vectorCase) {
    TokenTable table = vectorCase.inputs().table("x");
    TokenTable mask = vectorCase.inputs().table("mask");
    double[][] whitened = whitening(vectorCase.options()).apply(table, mask).toArrays();
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

  static Whitening whitening(CaseValues options) {
    String mode = options.text("eps_mode", "add_var");
    EpsilonPlacement placement =
        switch (mode) {
          case "add_var" -> EpsilonPlacement.ADDED_TO_VARIANCE;
          case "floor_var" -> EpsilonPlacement.FLOOR_OF_VARIANCE;
          default -> throw new UnsupportedOptionException("eps_mode: " + mode);
        };
    return new Whitening(
        AdvantageChecks.deviation(options), options.number("eps", 1e-8), placement);
  }

  /** Inputs of estimators that do not look at a completion's reward. */
  static AdvantageInputs withoutRewards(RowGroups groups, TokenTable mask) {
    return AdvantageInputs.of(DoubleVector.constant(mask.rows(), 0), groups, mask);
  }
}
