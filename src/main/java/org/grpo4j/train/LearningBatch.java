package org.grpo4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.objective.ValueLossResult;
import org.grpo4j.policy.TokenLogProbs;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.rollout.Sequence;

/**
 * The numbers that stay fixed during the inner loop of an update, and the part of it that a
 * mini-batch sees.
 *
 * @param sequences the rows as the policy reads them
 * @param mask a one for every token that takes part in the loss
 * @param groupOfRow the group of each row
 * @param lossTokens which tokens take part, with what factor
 * @param samplerLogProbs {@code log q}
 * @param oldLogProbs {@code log pi_old}; empty if the first forward pass of the inner loop gives it
 * @param finite the watch over the update's numbers
 */
record LearningBatch(
    List<Sequence> sequences,
    TokenTable mask,
    List<Integer> groupOfRow,
    Advantages advantages,
    Optional<TokenTable> oldLogProbs,
    Optional<UpdateTrace.Reference> reference,
    LossTokens lossTokens,
    TokenTable samplerLogProbs,
    FiniteCheck finite) {

  static LearningBatch of(
      RolloutBatch rollout,
      Advantages advantages,
      Optional<TokenTable> oldLogProbs,
      Optional<UpdateTrace.Reference> reference,
      LossTokens lossTokens) {
    TokenTable mask = advantages.inputs().mask();
    FiniteCheck finite = FiniteCheck.of(rollout);
    advantages.inputs().values().ifPresent(values -> finite.tokens("value", values, mask));
    finite.tokens("advantage", advantages.perToken(), mask);
    advantages.returns().ifPresent(returns -> finite.tokens("return", returns, mask));
    List<Integer> groupOfRow = new ArrayList<>();
    for (int group : rollout.groupOfRow()) {
      groupOfRow.add(group);
    }
    return new LearningBatch(
        rollout.sequences(),
        mask,
        groupOfRow,
        advantages,
        oldLogProbs,
        reference,
        lossTokens,
        samplerLogProbs(rollout),
        finite);
  }

  /** {@code log q} of every token. */
  static TokenTable samplerLogProbs(RolloutBatch rollout) {
    List<DoubleVector> rows = new ArrayList<>();
    for (Completion completion : rollout.completions()) {
      rows.add(completion.samplerLogProbs());
    }
    return TokenTable.of(rows);
  }

  /** The rows of a mini-batch as the policy reads them. */
  List<Sequence> sequences(List<Integer> rows) {
    List<Sequence> selected = new ArrayList<>(rows.size());
    for (int row : rows) {
      selected.add(sequences.get(row));
    }
    return selected;
  }

  /**
   * The inputs of the objective on a mini-batch to which the current policy gives these
   * log-probabilities.
   */
  ObjectiveInputs objectiveInputs(MiniBatch part, TokenLogProbs current) {
    List<Integer> rows = part.rows();
    TokenTable logProbs = current.table();
    ObjectiveInputs inputs =
        ObjectiveInputs.of(
                logProbs,
                oldLogProbs.map(table -> table.select(rows)).orElse(logProbs),
                advantages.perToken().select(rows),
                mask.select(rows),
                groups(rows))
            .withEntropies(current.entropies());
    ObjectiveInputs weighed = lossTokens.weigh(inputs, samplerLogProbs.select(rows), part.lots());
    return reference
        .map(frozen -> weighed.withReference(frozen.logProbs().select(rows)))
        .orElse(weighed);
  }

  /**
   * The critic's loss on a mini-batch that it rates {@code values}; old values and returns are
   * those the advantages were estimated with.
   */
  ValueLossResult valueLoss(ValueLoss loss, List<Integer> rows, TokenTable values) {
    TokenTable oldValues = advantages.inputs().values().orElseThrow();
    TokenTable returns =
        advantages
            .returns()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "advantageEstimator: must give returns for a critic to fit, such as the"
                            + " generalised one"));
    return loss.evaluate(
        values, oldValues.select(rows), returns.select(rows), mask.select(rows), groups(rows));
  }

  private RowGroups groups(List<Integer> rows) {
    int[] ids = new int[rows.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = groupOfRow.get(rows.get(i));
    }
    return RowGroups.of(ids);
  }
}
