package org.grpo4j.experiment.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.whatif.WhatIfRequest;
import org.grpo4j.whatif.WhatIfRow;

/**
 * The inputs of advantage estimator and objective in a traced update, rebuilt from the trace as a
 * {@link WhatIfRequest}: evaluated again, they give the traced numbers again, bit for bit, and can
 * explain them.
 *
 * <p>The advantages of all rows come out right. Of the objective only the traced rows do: of the
 * others the trace keeps how many tokens count, which is all that aggregation weights depend on, so
 * that batch-wide sums, such as the loss, are not those of the update.
 */
public record TraceInputs(TracedUpdate update) {

  /** The inputs of the advantage estimator. */
  public AdvantageInputs advantage() {
    TracedBatch batch = update.batch();
    int[] groups = batch.groupOfRow().stream().mapToInt(Integer::intValue).toArray();
    return new AdvantageInputs(
        batch.advantageRewards().orElse(batch.rewards()),
        RowGroups.of(groups),
        mask(),
        batch.greedyRewards(),
        Optional.of(batch.rewardParts().orElse(onlyPart(batch.rewards()))),
        batch.stepRewards(),
        batch.tokenRewards(),
        batch.values(),
        Optional.empty(),
        batch.advantageRewards().map(given -> batch.rewards()),
        batch.scoreNorms());
  }

  /**
   * The update at an optimiser step as the page of a report asks for it, and as it is explained.
   *
   * @param step the step, from 0
   * @param estimator the run's advantage estimator
   * @param configured the run's objective; the one that acted has the weights that controllers had
   *     moved
   */
  public WhatIfRequest request(int step, AdvantageEstimator estimator, GrpoObjective configured) {
    List<WhatIfRow> rows = new ArrayList<>();
    for (TracedGroup group : update.groups()) {
      for (TracedCompletion completion : group.completions()) {
        completion.steps().get(step).ifPresent(tokens -> rows.add(row(completion, tokens)));
      }
    }
    return new WhatIfRequest(
        Optional.of(estimator),
        update.coefficients().applyTo(configured),
        advantage(),
        Optional.of(update.batch().advantages()),
        update.steps().get(step).rows(),
        rows);
  }

  private static WhatIfRow row(TracedCompletion completion, TracedTokens tokens) {
    return new WhatIfRow(
        completion.row(),
        completion.oldLogProbs(),
        tokens.currentLogProbs(),
        completion.referenceLogProbs(),
        Optional.of(completion.entropies()),
        Optional.of(completion.advantages()),
        completion.importanceWeights(),
        tokens.tokenWeights(),
        tokens.klWeights());
  }

  /**
   * The traced completion of row {@code row}.
   *
   * @return empty if the row is not traced in full
   */
  public Optional<TracedCompletion> completion(int row) {
    for (TracedGroup group : update.groups()) {
      for (TracedCompletion completion : group.completions()) {
        if (completion.row() == row) {
          return Optional.of(completion);
        }
      }
    }
    return Optional.empty();
  }

  private static TokenTable onlyPart(DoubleVector scores) {
    return TokenTable.of(Arrays.stream(scores.toArray()).mapToObj(DoubleVector::of).toList());
  }

  /** Of rows not traced in full, the first {@code lossTokens} tokens. */
  private TokenTable mask() {
    TracedBatch batch = update.batch();
    List<DoubleVector> table = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      double[] first = new double[batch.lengths().get(row)];
      Arrays.fill(first, 0, batch.lossTokens().get(row), 1);
      table.add(completion(row).map(TracedCompletion::mask).orElse(DoubleVector.of(first)));
    }
    return TokenTable.of(table);
  }
}
