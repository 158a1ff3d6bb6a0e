package org.grpo4j.experiment;

import java.util.OptionalDouble;
import org.grpo4j.experiment.config.Setting;
import org.grpo4j.objective.EntropyBonus;
import org.grpo4j.objective.GrpoObjective;

/**
 * How advantages become a loss.
 *
 * @param surrogate the loss of one token
 * @param ratioLevel what one ratio is taken over
 * @param aggregation how tokens are averaged
 * @param kl the penalty for leaving the reference policy
 * @param entropyCoefficient weight of the entropy bonus
 * @param logRatioBound bound of log-ratios
 */
public record ObjectiveConfig(
    @Setting(value = "The loss of one token (Eq. 4).", byDefault = "clip")
        SurrogateConfig surrogate,
    @Setting(
            value = "Whether each token or each completion has a ratio (Eq. 2).",
            byDefault = "token")
        RatioLevelConfig ratioLevel,
    @Setting(value = "How tokens are averaged (Eq. 6).", byDefault = "sequence-mean-token-mean")
        AggregationConfig aggregation,
    @Setting(value = "The penalty for leaving the reference policy (Eq. 5).", byDefault = "none")
        KlConfig kl,
    @Setting(
            value = "Weight of the entropy bonus in the loss (Eq. 9); 0 for none.",
            byDefault = "0",
            range = "[0, 100]")
        double entropyCoefficient,
    @Setting(
            value =
                "Bound of the difference of new and old log-probabilities; no gradient beyond it.",
            byDefault = "none",
            range = "(0, inf)")
        OptionalDouble logRatioBound) {

  /** The objective with these settings. */
  public GrpoObjective objective() {
    GrpoObjective plain =
        GrpoObjective.of(surrogate.surrogate(), ratioLevel.ratioLevel(), aggregation.aggregation());
    return new GrpoObjective(
        plain.surrogate(),
        plain.ratioLevel(),
        plain.aggregation(),
        kl.penalty(),
        entropyCoefficient == 0 ? EntropyBonus.NONE : EntropyBonus.tokenMean(entropyCoefficient),
        plain.offPolicyRowMask(),
        logRatioBound.orElse(Double.POSITIVE_INFINITY));
  }
}
