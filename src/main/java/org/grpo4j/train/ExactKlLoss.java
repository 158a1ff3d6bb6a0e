package org.grpo4j.train;

import java.util.List;
import org.grpo4j.objective.ExactKl;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.TokenDistributions;

/**
 * The divergence of whole distributions from the reference policy, as a part of an update's loss.
 *
 * @param kl its weight
 * @param reference the reference policy's distributions, row by row of the update
 */
record ExactKlLoss(ExactKl kl, TokenDistributions reference) {

  /**
   * Its derivatives on a mini-batch.
   *
   * @param rows the rows of the mini-batch
   * @param result has the weight {@code w_it} of every token
   */
  ForwardPass.Coefficients coefficients(List<Integer> rows, ObjectiveResult result) {
    return (row, token, logProbs, into) -> {
      double[] frozen = reference.at(rows.get(row), token).logProbabilities();
      kl.lossByLogProbs(result.token(row, token).weight(), logProbs, frozen, into);
    };
  }
}
