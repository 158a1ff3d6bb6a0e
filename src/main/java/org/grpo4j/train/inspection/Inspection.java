package org.grpo4j.train.inspection;

import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Completion;

/**
 * The effect of an update on the very completions it learned from: how hard each of their tokens
 * pulled, and how probable they are now. Made by an {@link UpdateInspector} for some groups of an
 * update; the tables have one row for each of {@link #rows}.
 *
 * @param groups the numbers of the groups that were looked at, ascending
 * @param rows their rows in the rollout, ascending
 * @param greedyBefore what the policy preferred to answer to each group's prompt before the update
 * @param greedyAfter and after it
 * @param afterLogProbs {@code log pi} of the same tokens after the update, {@code [rows][T_i]}
 * @param logitGradientNorms the norm of {@code dL/dz} over the logits of each token at the first
 *     optimiser step, {@code [rows][T_i]}; {@code NaN} for rows outside its mini-batch
 * @param gradients shares in the parameter gradient, if they were asked for
 * @param experts of a policy with experts; known even if nothing else was looked at
 */
public record Inspection(
    List<Integer> groups,
    List<Integer> rows,
    List<Completion> greedyBefore,
    List<Completion> greedyAfter,
    TokenTable afterLogProbs,
    TokenTable logitGradientNorms,
    Optional<GradientShares> gradients,
    Optional<ExpertUse> experts) {

  public Inspection {
    groups = List.copyOf(groups);
    rows = List.copyOf(rows);
    greedyBefore = List.copyOf(greedyBefore);
    greedyAfter = List.copyOf(greedyAfter);
  }

  /**
   * The origins of the parameter gradient of the first optimiser step. The gradient of the loss is
   * a sum over tokens, {@code grad = sum_it g_it dlog pi_it/dtheta}; the share of one summand is
   * its projection on the whole,
   *
   * <pre>share_it = &lt;grad_it, grad&gt; / |grad|^2</pre>
   *
   * <p>so that the shares of all tokens of the mini-batch sum to 1. A negative share pulls the
   * other way. A term that is no token's, such as a value head's loss on a shared trunk, keeps what
   * is missing to 1. {@code NaN} stands for rows that were not in the first mini-batch.
   *
   * @param rowNorms {@code |grad_i|} of each completion, before clipping, {@code [rows]}
   * @param rowShares its share, {@code [rows]}
   * @param tokenNorms {@code |grad_it|}, {@code [rows][T_i]}
   * @param tokenShares its share, {@code [rows][T_i]}
   */
  public record GradientShares(
      DoubleVector rowNorms,
      DoubleVector rowShares,
      TokenTable tokenNorms,
      TokenTable tokenShares) {}
}
