package org.grpo4j.whatif;

import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.BatchMeanAdvantage;
import org.grpo4j.advantage.BestOfGroupAdvantage;
import org.grpo4j.advantage.EpsilonPlacement;
import org.grpo4j.advantage.GreedyBaselineAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.advantage.PositiveOnlyAdvantage;
import org.grpo4j.advantage.RawRewardAdvantage;
import org.grpo4j.advantage.ReinforcePlusPlusAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.advantage.SingletonRule;
import org.grpo4j.advantage.TokenReturnAdvantage;
import org.grpo4j.advantage.WhitenedGroupBaselineAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.Deviation;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.BoundedProductRatio;
import org.grpo4j.objective.CispoSurrogate;
import org.grpo4j.objective.ClippedGeometricMeanRatio;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.DppoSurrogate;
import org.grpo4j.objective.DualClipSurrogate;
import org.grpo4j.objective.EmptyRows;
import org.grpo4j.objective.EntropyBonus;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ImportanceWeightedSurrogate;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.OffPolicyRowMask;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.ReinforceSurrogate;
import org.grpo4j.objective.SapoSurrogate;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.objective.TwoSidedSurrogate;
import org.grpo4j.objective.VespoSurrogate;

/**
 * From the name of a kind and the values of its settings to its record: what reading an experiment
 * file does by reflection, where there is none. Names, defaults, ranges and help are declared at
 * the records; a test holds that every kind of their lists is made here, and equal to the file's.
 *
 * <p>A setting is called like its component; inside another section, like that and its component.
 */
public final class Variants {

  /** The estimator that keeps the advantages a run computed. */
  public static final String AS_TRACED = "as-traced";

  private Variants() {}

  /**
   * The estimator that {@code estimator} names; empty for {@link #AS_TRACED}.
   *
   * @throws IllegalArgumentException if there is no such kind, or a setting is missing or refused
   */
  public static Optional<AdvantageEstimator> estimator(Values values) {
    boolean traced = values.word("estimator").equals(AS_TRACED);
    return traced ? Optional.empty() : Optional.of(computed(values));
  }

  private static AdvantageEstimator computed(Values values) {
    String kind = values.word("estimator");
    return switch (kind) {
      case "group-relative" ->
          new GroupRelativeAdvantage(
              values.constant("scale", RewardScale.values()),
              values.constant("deviation", Deviation.values()),
              values.number("stdEpsilon"),
              values.constant("singleton", SingletonRule.values()));
      case "raw-reward" -> new RawRewardAdvantage();
      case "batch-mean" -> new BatchMeanAdvantage();
      case "leave-one-out" ->
          new LeaveOneOutAdvantage(
              values.word("whitening").equals("none")
                  ? Optional.empty()
                  : Optional.of(whitening(values)));
      case "greedy-baseline" -> new GreedyBaselineAdvantage();
      case "positive-only" -> new PositiveOnlyAdvantage(values.number("threshold"));
      case "reinforce-plus-plus" ->
          new ReinforcePlusPlusAdvantage(values.number("gamma"), whitening(values));
      case "token-return" -> new TokenReturnAdvantage(values.number("gamma"));
      case "whitened-group-baseline" -> new WhitenedGroupBaselineAdvantage(whitening(values));
      case "best-of-group" ->
          new BestOfGroupAdvantage(
              values.word("byDeviation").equals("true"), values.number("stdEpsilon"));
      default -> throw unknown("estimator", kind);
    };
  }

  private static Whitening whitening(Values values) {
    return new Whitening(
        values.constant("whiteningDeviation", Deviation.values()),
        values.number("whiteningEpsilon"),
        values.constant("whiteningEpsilonPlacement", EpsilonPlacement.values()));
  }

  /**
   * The objective of these columns.
   *
   * @throws IllegalArgumentException if there is no such kind, or a setting is missing or refused
   */
  public static GrpoObjective objective(Values values) {
    double entropyCoefficient = values.number("entropyCoefficient");
    return new GrpoObjective(
        surrogate(values),
        ratioLevel(values),
        aggregation(values),
        klPenalty(values),
        entropyCoefficient == 0 ? EntropyBonus.NONE : EntropyBonus.tokenMean(entropyCoefficient),
        new OffPolicyRowMask(values.bound("offPolicyThreshold")),
        values.bound("logRatioBound"));
  }

  private static Surrogate surrogate(Values values) {
    String kind = values.word("surrogate");
    return switch (kind) {
      case "clip" -> clip(values);
      case "two-sided" -> new TwoSidedSurrogate(clip(values), values.number("delta"));
      case "dual-clip" -> new DualClipSurrogate(clip(values), values.number("bound"));
      case "unclipped" -> new ImportanceWeightedSurrogate();
      case "reinforce" -> new ReinforceSurrogate();
      case "cispo" -> new CispoSurrogate(values.number("minRatio"), values.number("maxRatio"));
      case "sapo" -> new SapoSurrogate(values.number("tauPositive"), values.number("tauNegative"));
      case "vespo" ->
          new VespoSurrogate(
              values.number("kPositive"),
              values.number("lambdaPositive"),
              values.number("kNegative"),
              values.number("lambdaNegative"));
      case "dppo" ->
          new DppoSurrogate(
              values.constant("divergence", DppoSurrogate.Divergence.values()),
              values.number("low"),
              values.number("high"),
              values.bound("maxRatio"));
      default -> throw unknown("surrogate", kind);
    };
  }

  private static ClippedSurrogate clip(Values values) {
    return new ClippedSurrogate(values.number("clipLow"), values.number("clipHigh"));
  }

  private static RatioLevel ratioLevel(Values values) {
    String kind = values.word("ratioLevel");
    return switch (kind) {
      case "token" -> new RatioLevel.TokenRatio();
      case "sequence" -> new RatioLevel.SequenceRatio();
      case "sequence-product" -> new RatioLevel.SequenceProductRatio();
      case "gspo-token" -> new RatioLevel.GspoTokenRatio();
      case "clipped-geometric-mean" ->
          new ClippedGeometricMeanRatio(values.number("epsilonLow"), values.number("epsilonHigh"));
      case "bounded-product" ->
          new BoundedProductRatio(
              values.number("tokenBound"), values.number("lowestSum"), values.number("highestSum"));
      default -> throw unknown("ratioLevel", kind);
    };
  }

  private static Aggregation aggregation(Values values) {
    String kind = values.word("aggregation");
    return switch (kind) {
      case "sequence-mean-token-mean" -> new Aggregation.SequenceMeanTokenMean(emptyRows(values));
      case "token-mean" -> new Aggregation.TokenMean();
      case "sequence-mean-token-sum" -> new Aggregation.SequenceMeanTokenSum(emptyRows(values));
      case "sequence-mean-token-sum-norm" ->
          new Aggregation.SequenceMeanTokenSumNorm(values.number("divisor"), emptyRows(values));
      case "group-token-mean" -> new Aggregation.GroupTokenMean();
      case "sum-norm" -> new Aggregation.SumNorm(values.number("divisor"));
      default -> throw unknown("aggregation", kind);
    };
  }

  private static EmptyRows emptyRows(Values values) {
    return values.constant("emptyRows", EmptyRows.values());
  }

  private static KlPenalty klPenalty(Values values) {
    return new KlPenalty(
        values.number("beta"),
        values.constant("klEstimator", KlEstimator.values()),
        values.word("klRatioWeighted").equals("true"),
        values.bound("klLogBound"),
        values.bound("klValueBound"),
        values.constant("klFrom", KlPenalty.From.values()));
  }

  private static IllegalArgumentException unknown(String setting, String kind) {
    return new IllegalArgumentException(setting + ": there is no kind " + kind);
  }
}
