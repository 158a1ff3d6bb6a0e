package org.grpo4j.experiment.trace;

import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.StepRewards;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.DeadGroups;

/**
 * The part of every completion of an update that is kept, traced in full or not: enough to compute
 * all advantages and all aggregation weights again.
 *
 * @param groupOfRow the group of each row, {@code [N]}
 * @param prompts the prompt of each group
 * @param texts what was written, {@code [N]}
 * @param lengths tokens, {@code [N]}
 * @param lossTokens tokens that take part in the loss, {@code [N]}
 * @param rewards the score of each row, {@code [N]}
 * @param advantages of each row's first token, {@code [N]}
 * @param advantageRewards what the advantage estimator was given for a reward, if that is not the
 *     score: with a KL penalty in the reward
 * @param deadGroups the groups that teach nothing; absent if nothing is compared within a group
 * @param rewardParts the parts of each score, {@code [N][K]}, unless the score is its only part
 *     with weight 1
 * @param greedyRewards of the greedy completions, {@code [N]}, if the estimator looks at them
 * @param stepRewards of the steps of each row, if the estimator looks at them
 * @param tokenRewards of each token, {@code [N][T_i]}, if advantages differ within a row
 * @param values of the critic, {@code [N][T_i]}, if there is one
 * @param scoreNorms squared gradients of the log-probabilities by their logits, {@code [N][T_i]},
 *     if the estimator looks at them
 */
public record TracedBatch(
    List<Integer> groupOfRow,
    List<String> prompts,
    List<String> texts,
    List<Integer> lengths,
    List<Integer> lossTokens,
    DoubleVector rewards,
    DoubleVector advantages,
    Optional<DoubleVector> advantageRewards,
    Optional<DeadGroups> deadGroups,
    Optional<TokenTable> rewardParts,
    Optional<DoubleVector> greedyRewards,
    Optional<StepRewards> stepRewards,
    Optional<TokenTable> tokenRewards,
    Optional<TokenTable> values,
    Optional<TokenTable> scoreNorms) {

  public TracedBatch {
    groupOfRow = List.copyOf(groupOfRow);
    prompts = List.copyOf(prompts);
    texts = List.copyOf(texts);
    lengths = List.copyOf(lengths);
    lossTokens = List.copyOf(lossTokens);
  }

  /** Number of completions {@code N}. */
  public int rows() {
    return groupOfRow.size();
  }
}
