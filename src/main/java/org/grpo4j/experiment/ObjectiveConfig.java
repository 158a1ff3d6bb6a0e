package org.grpo4j.experiment;

import java.util.Optional;
import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Setting;
import org.grpo4j.objective.AdaptiveEntropyWeight;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.CovarianceRule;
import org.grpo4j.objective.EntropyBonus;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ImportanceCorrection;
import org.grpo4j.objective.OffPolicyRowMask;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.objective.TopEntropyMask;
import org.grpo4j.train.LossTokens;
import org.grpo4j.train.WeightControllers;

/**
 * The loss that advantages become.
 *
 * @param samplerCorrection the factor for the sampler's log-probabilities
 * @param offPolicyRowMask which completions lose their policy term
 */
public record ObjectiveConfig(
    @Setting(value = "The loss of one token (Eq. 4).", byDefault = "clip") Surrogate surrogate,
    @Setting(
            value = "Whether each token or each completion has a ratio (Eq. 2).",
            byDefault = "token")
        RatioLevel ratioLevel,
    @Setting(value = "How tokens are averaged (Eq. 6).", byDefault = "sequence-mean-token-mean")
        Aggregation aggregation,
    @Setting(value = "The penalty for leaving the reference policy (Eq. 5).", byDefault = "none")
        KlConfig kl,
    @Setting(
            value = "Weight of the entropy bonus in the loss (Eq. 9); 0 for none.",
            byDefault = "0",
            range = "[0, 100]")
        double entropyCoefficient,
    @Setting(value = "What moves that weight between updates.", byDefault = "none")
        Optional<AdaptiveEntropyWeight> entropyController,
    @Setting(
            value =
                "Bound of the difference of new and old log-probabilities; no gradient beyond it.",
            byDefault = "none",
            range = "(0, inf]")
        double logRatioBound,
    @Setting(
            value =
                "Leave completions that the limit of length cut off out of the loss and of every"
                    + " whitening over the batch; their rewards still count in their group.",
            byDefault = "false")
        boolean maskTruncated,
    @Setting(
            value =
                "Share of tokens, those of highest entropy among the tokens of an optimiser step,"
                    + " that keep their policy term (Eq. 54).",
            byDefault = "1",
            range = "(0, 1]")
        double topEntropyShare,
    @Setting(
            value =
                "Tokens of large covariance of advantage and log-probability: some lose their"
                    + " policy term, or they alone have the KL term.",
            byDefault = "none",
            added = true)
        Optional<CovarianceRule> covariance,
    @Inline ImportanceCorrection samplerCorrection,
    @Inline OffPolicyRowMask offPolicyRowMask) {

  /** The tokens that take part in the loss. */
  public LossTokens lossTokens() {
    return new LossTokens(
        maskTruncated,
        topEntropyShare == 1 ? Optional.empty() : Optional.of(new TopEntropyMask(topEntropyShare)),
        covariance,
        samplerCorrection.acts() ? Optional.of(samplerCorrection) : Optional.empty());
  }

  /** The controllers of the coefficients between updates. */
  public WeightControllers controllers() {
    return new WeightControllers(kl.controller(), entropyController);
  }

  /** The objective with these settings, before any controller has moved a coefficient. */
  public GrpoObjective objective() {
    return new GrpoObjective(
        surrogate,
        ratioLevel,
        aggregation,
        kl.penalty(),
        entropyCoefficient == 0 ? EntropyBonus.NONE : EntropyBonus.tokenMean(entropyCoefficient),
        offPolicyRowMask,
        logRatioBound);
  }
}
