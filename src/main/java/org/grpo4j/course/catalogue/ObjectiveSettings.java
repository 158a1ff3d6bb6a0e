package org.grpo4j.course.catalogue;

import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.EntropyBonus;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.RatioLevel;

/**
 * The settings of Eq. 1 that the catalogue needs; the KL term is K3, the aggregation the paper's.
 *
 * @param low how far the ratio may fall below 1
 * @param high how far it may rise above 1
 * @param beta coefficient of the KL term
 * @param alpha coefficient of the entropy bonus, a mean over all tokens
 * @param sequenceRatio true for one ratio per completion (Eq. 47), false for one per token
 */
public record ObjectiveSettings(
    double low, double high, double beta, double alpha, boolean sequenceRatio) {

  /** The library's objective with these settings. */
  GrpoObjective objective() {
    RatioLevel level = sequenceRatio ? new RatioLevel.SequenceRatio() : new RatioLevel.TokenRatio();
    return GrpoObjective.of(
            new ClippedSurrogate(low, high), level, Aggregation.sequenceMeanTokenMean())
        .withKl(KlPenalty.of(beta, KlEstimator.K3))
        .withEntropyBonus(EntropyBonus.tokenMean(alpha));
  }
}
