package org.grpo4j.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.GrpoObjective;

/**
 * One update, or one of its mini-batches, with the tokens of some of its completions, and the
 * algorithm to compute with. Advantages and aggregation weights need every completion of the batch,
 * but of most only its reward and its number of tokens.
 *
 * @param estimator the estimator; empty to take the advantages of the run
 * @param objective the objective
 * @param inputs rewards, groups and masks of all completions, and what else the estimator needs;
 *     rewards of tokens are the completion's at its last token if they are not given
 * @param advantages what the run computed, {@code [N]}: if there is no estimator
 * @param miniBatch the rows of the optimiser step, ascending or not; all rows if not given
 * @param rows the completions one looks at; of the others the current policy is taken to be the old
 *     one
 */
public record WhatIfRequest(
    Optional<AdvantageEstimator> estimator,
    GrpoObjective objective,
    AdvantageInputs inputs,
    Optional<DoubleVector> advantages,
    Optional<List<Integer>> miniBatch,
    List<WhatIfRow> rows) {

  private static final double LARGEST_REWARD = 1e100;

  public WhatIfRequest {
    rows = List.copyOf(rows);
    miniBatch = miniBatch.map(List::copyOf);
    int size = inputs.rows();
    requireRewards("rewards", inputs.rewards());
    if (inputs.greedyRewards().isPresent()) {
      requireNumbers("greedyRewards", inputs.greedyRewards().get());
      requireRewards("greedyRewards", inputs.greedyRewards().get());
    }
    if (advantages.isPresent() && advantages.get().size() != size) {
      throw new IllegalArgumentException(
          "advantages: needs one entry for each of the "
              + size
              + " rewards, got "
              + advantages.get().size());
    }
    if (miniBatch.isPresent()) {
      requireRows("miniBatch", miniBatch.get(), size);
    }
    List<Integer> given = new ArrayList<>();
    for (WhatIfRow row : rows) {
      given.add(row.row());
    }
    requireRows("rows", given, size);
    for (WhatIfRow row : rows) {
      row.requireFits(inputs.mask().row(row.row()));
    }
  }

  /** All completions, with the tokens of {@code rows}. */
  public static WhatIfRequest of(
      Optional<AdvantageEstimator> estimator,
      GrpoObjective objective,
      AdvantageInputs inputs,
      List<WhatIfRow> rows) {
    return new WhatIfRequest(
        estimator, objective, inputs, Optional.empty(), Optional.empty(), rows);
  }

  /** Sums of squares of larger ones would overflow. */
  private static void requireRewards(String field, DoubleVector values) {
    for (int i = 0; i < values.size(); i++) {
      if (Math.abs(values.get(i)) > LARGEST_REWARD) {
        throw new IllegalArgumentException(
            field + ": must be at most 1e100 in size, got " + values.get(i) + " at row " + i);
      }
    }
  }

  private static void requireNumbers(String field, DoubleVector values) {
    for (int i = 0; i < values.size(); i++) {
      if (Double.isNaN(values.get(i))) {
        throw new IllegalArgumentException(field + ": must be a number, missing at row " + i);
      }
    }
  }

  private static void requireRows(String field, List<Integer> numbers, int size) {
    boolean[] seen = new boolean[size];
    for (int row : numbers) {
      if (row < 0 || row >= size) {
        throw new IllegalArgumentException(
            field + ": must be rows from 0 to " + (size - 1) + ", got " + row);
      }
      if (seen[row]) {
        throw new IllegalArgumentException(field + ": must name no row twice, got " + row);
      }
      seen[row] = true;
    }
  }
}
