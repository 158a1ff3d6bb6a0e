package org.grpo4j.train;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.CovarianceRule;
import org.grpo4j.objective.ImportanceCorrection;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.TopEntropyMask;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.RolloutBatch;

/**
 * The tokens that take part in the loss, and their factors. A completion that is left out still
 * counts in the mean and standard deviation of its group, as in TRL, but in no whitening over the
 * batch.
 *
 * @param maskTruncated true to leave out completions that the limit cut off (DAPO's overlong
 *     filtering)
 * @param topEntropy keeps the policy term of the tokens of highest entropy only (Eq. 54), of those
 *     of one optimiser step, as in TRL
 * @param covariance the factors of tokens by their covariance (Eq. 63)
 * @param samplerCorrection factor of the policy term for a sampler whose log-probabilities differ
 *     from the trainer's (Eq. 53); with one engine for both it is 1 up to rounding
 */
public record LossTokens(
    boolean maskTruncated,
    Optional<TopEntropyMask> topEntropy,
    Optional<CovarianceRule> covariance,
    Optional<ImportanceCorrection> samplerCorrection) {

  /** All tokens, each with its full weight. */
  public static final LossTokens ALL =
      new LossTokens(false, Optional.empty(), Optional.empty(), Optional.empty());

  /** 1 for every token that takes part in the loss, {@code [N][T_i]}. */
  TokenTable mask(RolloutBatch rollout) {
    if (!maskTruncated) {
      return rollout.mask();
    }
    List<Completion> completions = rollout.completions();
    double[] keep = new double[completions.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = completions.get(i).truncated() ? 0 : 1;
    }
    return Masks.keepRows(rollout.mask(), DoubleVector.of(keep));
  }

  /**
   * {@code inputs} with the factors of their tokens.
   *
   * @param samplerLogProbs {@code log q} of the same rows
   * @param random of the optimiser step
   */
  ObjectiveInputs weigh(
      ObjectiveInputs inputs, TokenTable samplerLogProbs, SplittableRandom random) {
    ObjectiveInputs weighed = inputs;
    if (topEntropy.isPresent()) {
      TokenTable entropies = inputs.entropies().orElseThrow();
      weighed = weighed.withTokenWeights(topEntropy.get().tokenWeights(entropies, inputs.mask()));
    }
    if (covariance.isPresent()) {
      weighed = covariance.get().weigh(weighed, random);
    }
    if (samplerCorrection.isPresent()) {
      weighed =
          weighed.withImportanceWeights(
              samplerCorrection
                  .get()
                  .weights(inputs.oldLogProbs(), samplerLogProbs, inputs.mask()));
    }
    return weighed;
  }
}
