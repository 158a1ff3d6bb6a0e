package org.grpo4j.whatif;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.objective.EntropyBonus;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.OffPolicyRowMask;

/** The columns of the objective, and the settings that belong to none of them. */
public final class ObjectiveColumns {

  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  private static final NumberParameter BETA =
      new NumberParameter(
          "beta",
          "Weight of the penalty for leaving the reference policy (Eq. 1).",
          0,
          Bounds.atLeast(0));
  private static final ChoiceParameter KL_ESTIMATOR =
      ChoiceParameter.of(
          "klEstimator",
          "Estimator of the divergence (Eq. 5).",
          KlEstimator.K3,
          KlEstimator.values());
  private static final ChoiceParameter KL_RATIO_WEIGHTED =
      ChoiceParameter.flag(
          "klRatioWeighted",
          "Multiply the divergence by the ratio, so that the gradient is right off-policy too.");
  private static final NumberParameter KL_LOG_BOUND =
      new NumberParameter(
          "klLogBound",
          "Bound of log pi - log pi_ref; no gradient beyond it.",
          UNBOUNDED,
          Bounds.above(0));
  private static final NumberParameter KL_VALUE_BOUND =
      new NumberParameter(
          "klValueBound",
          "Bound of the estimate; no gradient beyond it.",
          UNBOUNDED,
          Bounds.above(0));
  private static final NumberParameter ENTROPY_COEFFICIENT =
      new NumberParameter(
          "entropyCoefficient",
          "Weight of the entropy bonus in the loss (Eq. 9); 0 for none.",
          0,
          Bounds.between(0, 100));
  private static final NumberParameter LOG_RATIO_BOUND =
      new NumberParameter(
          "logRatioBound",
          "Bound of the difference of new and old log-probabilities; no gradient beyond it.",
          UNBOUNDED,
          Bounds.above(0));
  private static final NumberParameter OFF_POLICY_THRESHOLD =
      new NumberParameter(
          "offPolicyThreshold",
          "Completions of negative advantage that moved further than this, in nats per token,"
              + " lose their policy term.",
          UNBOUNDED,
          Bounds.atLeast(0));

  /** The settings besides the three columns, in the order of Eq. 1. */
  public static final List<Parameter> PARAMETERS =
      List.of(
          BETA,
          KL_ESTIMATOR,
          KL_RATIO_WEIGHTED,
          KL_LOG_BOUND,
          KL_VALUE_BOUND,
          ENTROPY_COEFFICIENT,
          LOG_RATIO_BOUND,
          OFF_POLICY_THRESHOLD);

  private ObjectiveColumns() {}

  /** The objective that the settings describe. */
  static GrpoObjective objective(SettingValues values) {
    double entropyCoefficient = ENTROPY_COEFFICIENT.in(values);
    return new GrpoObjective(
        SurrogateColumn.COLUMN.in(values),
        RatioLevelColumn.COLUMN.in(values),
        AggregationColumn.COLUMN.in(values),
        klPenalty(values),
        entropyCoefficient == 0 ? EntropyBonus.NONE : EntropyBonus.tokenMean(entropyCoefficient),
        new OffPolicyRowMask(OFF_POLICY_THRESHOLD.in(values)),
        LOG_RATIO_BOUND.in(values));
  }

  private static KlPenalty klPenalty(SettingValues values) {
    return new KlPenalty(
        BETA.in(values),
        KL_ESTIMATOR.in(values, KlEstimator.values()),
        KL_RATIO_WEIGHTED.in(values).equals("true"),
        KL_LOG_BOUND.in(values),
        KL_VALUE_BOUND.in(values));
  }

  /** The names of all settings of the objective. */
  static List<String> settingNames() {
    List<String> names = new ArrayList<>();
    names.addAll(SurrogateColumn.COLUMN.settingNames());
    names.addAll(RatioLevelColumn.COLUMN.settingNames());
    names.addAll(AggregationColumn.COLUMN.settingNames());
    for (Parameter parameter : PARAMETERS) {
      names.add(parameter.name());
    }
    return names;
  }
}
