package org.grpo4j.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ClipBranch;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveMetrics;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.objective.ValueLossResult;

/** Kinds that compute a loss and its derivative, or a part of one. */
final class ObjectiveChecks {

  private ObjectiveChecks() {}

  static Map<String, Function<VectorCase, Answers>> kinds() {
    return Map.of(
        "surrogate_token", ObjectiveChecks::surrogate,
        "policy_loss", ObjectiveChecks::policyLoss,
        "pipeline", PipelineCheck::compute,
        "kl_estimator", ObjectiveChecks::klEstimator,
        "aggregate", ObjectiveChecks::aggregate,
        "value_loss", ObjectiveChecks::valueLoss);
  }

  /** Every token is a row of its own with weight 1, so that coefficients are those of the token. */
  private static Answers surrogate(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    TokenTable logProbs = column(vectorCase.inputs().vector("logp"));
    TokenTable mask = TokenTable.constant(logProbs.lengths(), 1);
    ObjectiveResult result =
        GrpoObjective.of(
                Columns.surrogate(options), new RatioLevel.TokenRatio(), new Aggregation.SumNorm(1))
            .withLogRatioBound(options.number("log_ratio_clamp", Double.POSITIVE_INFINITY))
            .evaluate(
                ObjectiveInputs.of(
                    logProbs,
                    column(vectorCase.inputs().vector("old_logp")),
                    column(vectorCase.inputs().vector("advantages")),
                    mask,
                    RowGroups.consecutive(mask.rows(), 1)));
    int rows = mask.rows();
    return new Answers()
        .with("ratio", rows, i -> result.ratios().get(i, 0))
        .with("loss", rows, i -> result.perTokenLoss().get(i, 0))
        .with("dloss_dlogp", rows, i -> result.lossByLogProb().get(i, 0))
        .with("clip_low", rows, i -> result.token(i, 0).branch() == ClipBranch.CLIPPED_LOW ? 1 : 0)
        .with(
            "clip_high", rows, i -> result.token(i, 0).branch() == ClipBranch.CLIPPED_HIGH ? 1 : 0);
  }

  private static TokenTable column(DoubleVector values) {
    double[][] rows = new double[values.size()][];
    Arrays.setAll(rows, i -> new double[] {values.get(i)});
    return TokenTable.of(rows);
  }

  private static Answers policyLoss(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    TokenTable mask = inputs.table("mask");
    return answers(evaluate(vectorCase, inputs.table("logp"), advantages(inputs, mask), mask));
  }

  /** One advantage per token, or per row for all its tokens. */
  static TokenTable advantages(CaseValues inputs, TokenTable mask) {
    return inputs.isTable("advantages")
        ? inputs.table("advantages")
        : Masks.spread(inputs.vector("advantages"), mask);
  }

  /** The objective of the options on the case's tables. */
  static ObjectiveResult evaluate(
      VectorCase vectorCase, TokenTable logProbs, TokenTable advantages, TokenTable mask) {
    return Columns.objective(vectorCase.options())
        .evaluate(inputs(vectorCase, logProbs, advantages, mask));
  }

  /** The case's tables as inputs of an objective. */
  static ObjectiveInputs inputs(
      VectorCase vectorCase, TokenTable logProbs, TokenTable advantages, TokenTable mask) {
    CaseValues inputs = vectorCase.inputs();
    ObjectiveInputs objectiveInputs =
        ObjectiveInputs.of(
            logProbs,
            inputs.optionalTable("old_logp").orElse(logProbs),
            advantages,
            mask,
            RowGroups.consecutive(mask.rows(), groupSize(vectorCase.options())));
    if (inputs.has("ref_logp")) {
      objectiveInputs = objectiveInputs.withReference(inputs.table("ref_logp"));
    }
    if (inputs.has("is_weights")) {
      objectiveInputs =
          objectiveInputs.withImportanceWeights(widen(inputs.table("is_weights"), mask));
    }
    if (inputs.has("token_mask")) {
      objectiveInputs = objectiveInputs.withTokenWeights(inputs.table("token_mask"));
    }
    return objectiveInputs;
  }

  /** Of the aggregation, or else of the advantage; 1 if neither needs one. */
  private static int groupSize(CaseValues options) {
    if (!options.has("group_size") && options.has("advantage")) {
      return groupSize(options.object("advantage"));
    }
    return (int) options.number("group_size", 1);
  }

  /** Rows of one number are repeated along the row. */
  private static TokenTable widen(TokenTable weights, TokenTable mask) {
    if (weights.sameShape(mask)) {
      return weights;
    }
    double[] perRow = new double[weights.rows()];
    Arrays.setAll(perRow, i -> weights.get(i, 0));
    return Masks.spread(DoubleVector.of(perRow), mask);
  }

  static Answers answers(ObjectiveResult result) {
    return new Answers()
        .with("loss", result.loss())
        .with("dloss_dlogp", result.lossByLogProb())
        .with("per_token_loss", result.perTokenLoss())
        .with("metrics", metrics(result.metrics()));
  }

  private static Answers metrics(ObjectiveMetrics metrics) {
    return new Answers()
        .with("kl_mean", metrics.kl())
        .with("clip_low_mean", metrics.clipLow())
        .with("clip_high_mean", metrics.clipHigh())
        .with("clip_region_mean", metrics.clipRegion())
        .with("clip_low_min", metrics.clipLowMin())
        .with("clip_high_max", metrics.clipHighMax())
        .with("clip_dual_mean", metrics.bounded())
        .with("cispo_clip_mean", metrics.bounded())
        .with("phi_mean", metrics.stopWeight())
        .with("ratio_mean", metrics.ratioMean())
        .with("ratio_max", metrics.ratioMax())
        .with("ratio_min", metrics.ratioMin())
        .with("approx_kl_k1", metrics.approxKlK1())
        .with("approx_kl_k2", metrics.approxKlK2())
        .with("approx_kl_k3", metrics.approxKlK3());
  }

  private static Answers klEstimator(VectorCase vectorCase) {
    DoubleVector logProbs = vectorCase.inputs().vector("logp");
    DoubleVector referenceLogProbs = vectorCase.inputs().vector("ref_logp");
    KlPenalty penalty = Columns.klPenalty(vectorCase.options());
    IntToDoubleFunction x = t -> logProbs.get(t) - referenceLogProbs.get(t);
    return new Answers()
        .with("kl", logProbs.size(), t -> penalty.value(x.applyAsDouble(t)))
        .with("dkl_dlogp", logProbs.size(), t -> penalty.derivative(x.applyAsDouble(t)));
  }

  private static Answers aggregate(VectorCase vectorCase) {
    TokenTable perToken = vectorCase.inputs().table("per_token");
    TokenTable mask = vectorCase.inputs().table("mask");
    Aggregation aggregation = Columns.aggregation(vectorCase.options());
    RowGroups groups = RowGroups.consecutive(mask.rows(), groupSize(vectorCase.options()));
    TokenTable weights = aggregation.weights(mask, groups);
    double value = 0;
    for (int i = 0; i < weights.rows(); i++) {
      for (int t = 0; t < weights.length(i); t++) {
        value += Numbers.product(weights.get(i, t), perToken.get(i, t));
      }
    }
    return new Answers().with("value", value).with("weights", weights);
  }

  private static Answers valueLoss(VectorCase vectorCase) {
    ValueLossResult result = valueLoss(vectorCase, vectorCase.inputs().table("returns"));
    return new Answers()
        .with("loss", result.loss())
        .with("dloss_dvalue", result.lossByValue())
        .with("clip_frac", result.clipFraction());
  }

  static ValueLossResult valueLoss(VectorCase vectorCase, TokenTable returns) {
    CaseValues inputs = vectorCase.inputs();
    CaseValues options = vectorCase.options();
    TokenTable mask = inputs.table("mask");
    return new ValueLoss(
            options.number("value_clip", Double.POSITIVE_INFINITY), Columns.aggregation(options))
        .evaluate(
            inputs.table("values"),
            inputs.table("old_values"),
            returns,
            mask,
            RowGroups.consecutive(mask.rows(), 1));
  }
}
