package org.grpo4j.verify;

import java.util.Map;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.BoundedProductRatio;
import org.grpo4j.objective.CispoSurrogate;
import org.grpo4j.objective.ClippedGeometricMeanRatio;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.DualClipSurrogate;
import org.grpo4j.objective.EmptyRows;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ImportanceWeightedSurrogate;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.OffPolicyRowMask;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.ReinforceSurrogate;
import org.grpo4j.objective.SapoSurrogate;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.objective.TwoSidedSurrogate;
import org.grpo4j.objective.VespoSurrogate;

/** From the options of a golden vector to the columns of an objective. */
public final class Columns {

  private Columns() {}

  /** The objective that the options describe. */
  public static GrpoObjective objective(CaseValues options) {
    return GrpoObjective.of(surrogate(options), ratioLevel(options), aggregation(options))
        .withKl(klPenalty(options))
        .withOffPolicyRowMask(
            new OffPolicyRowMask(options.number("off_policy_threshold", Double.POSITIVE_INFINITY)))
        .withLogRatioBound(options.number("log_ratio_clamp", Double.POSITIVE_INFINITY));
  }

  static Surrogate surrogate(CaseValues options) {
    ClippedSurrogate clip =
        new ClippedSurrogate(
            options.number("epsilon_low", 0.2), options.number("epsilon_high", 0.2));
    String name = options.text("surrogate", "clip");
    switch (name) {
      case "clip":
        return options.has("delta") ? new TwoSidedSurrogate(clip, options.number("delta")) : clip;
      case "dual_clip":
        return new DualClipSurrogate(clip, options.number("dual_clip_c"));
      case "reinforce":
        return new ReinforceSurrogate();
      // GMPO's clipping is in its ratio.
      case "is", "gmpo":
        return new ImportanceWeightedSurrogate();
      case "cispo":
        return new CispoSurrogate(options.number("cispo_min", 0), options.number("cispo_max", 5));
      case "sapo":
        return new SapoSurrogate(options.number("tau_pos", 1), options.number("tau_neg", 1.05));
      case "vespo":
        return new VespoSurrogate(
            options.number("vespo_k_pos", 2),
            options.number("vespo_lambda_pos", 3),
            options.number("vespo_k_neg", 3),
            options.number("vespo_lambda_neg", 2));
      default:
        throw new UnsupportedOptionException("surrogate: " + name);
    }
  }

  static RatioLevel ratioLevel(CaseValues options) {
    String surrogate = options.text("surrogate", "clip");
    if (surrogate.equals("gmpo")) {
      return new ClippedGeometricMeanRatio(
          options.number("epsilon_low", 0.2), options.number("epsilon_high", 0.2));
    }
    if (surrogate.equals("vespo")) {
      return new BoundedProductRatio(20, Math.log(1e-8), 20);
    }
    String name = options.text("ratio_level", "token");
    return switch (name) {
      case "token" -> new RatioLevel.TokenRatio();
      case "sequence" -> new RatioLevel.SequenceRatio();
      case "sequence_sum" -> new RatioLevel.SequenceProductRatio();
      case "gspo_token" -> new RatioLevel.GspoTokenRatio();
      default -> throw new UnsupportedOptionException("ratio_level: " + name);
    };
  }

  static Aggregation aggregation(CaseValues options) {
    EmptyRows emptyRows =
        options.choice(
            "empty_rows", "count", Map.of("count", EmptyRows.COUNT, "skip", EmptyRows.SKIP));
    String name = options.text("aggregation", "seq_mean_token_mean");
    return switch (name) {
      case "seq_mean_token_mean" -> new Aggregation.SequenceMeanTokenMean(emptyRows);
      case "token_mean" ->
          options.has("normalizer_tokens")
              ? new Aggregation.SumNorm(options.number("normalizer_tokens"))
              : new Aggregation.TokenMean();
      case "seq_mean_token_sum" -> new Aggregation.SequenceMeanTokenSum(emptyRows);
      case "seq_mean_token_sum_norm" ->
          new Aggregation.SequenceMeanTokenSumNorm(options.number("norm_constant"), emptyRows);
      case "sum_norm" -> new Aggregation.SumNorm(options.number("norm_constant"));
      case "group_token_mean" -> new Aggregation.GroupTokenMean();
      default -> throw new UnsupportedOptionException("aggregation: " + name);
    };
  }

  static KlPenalty klPenalty(CaseValues options) {
    KlPenalty penalty = KlPenalty.of(options.number("beta", 0), klEstimator(options));
    if (options.flag("kl_ratio_weighted", false)) {
      penalty = penalty.weightedByRatio();
    }
    double unbounded = Double.POSITIVE_INFINITY;
    return penalty.bounded(
        options.number("kl_clamp_log", unbounded), options.number("kl_clamp_value", unbounded));
  }

  static KlEstimator klEstimator(CaseValues options) {
    return options.choice(
        "kl_estimator",
        "k3",
        Map.of(
            "k1", KlEstimator.K1,
            "k2", KlEstimator.K2,
            "k3", KlEstimator.K3,
            "abs", KlEstimator.ABSOLUTE,
            "k3_plus", KlEstimator.K3_STRAIGHT_THROUGH));
  }

  static KlInReward klInReward(CaseValues options, String betaName) {
    boolean named = options.has("kl_estimator");
    return new KlInReward(options.number(betaName), named ? klEstimator(options) : KlEstimator.K1);
  }
}
