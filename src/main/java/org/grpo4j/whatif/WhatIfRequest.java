package org.grpo4j.whatif;

import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;

/**
 * One update, or one of its mini-batches, with the tokens of some of its completions. Advantages
 * and aggregation weights need every completion of the batch, but of most only its reward and its
 * number of tokens.
 *
 * @param settings the algorithm to compute with
 * @param rewards {@code r_i} of all completions, {@code [N]}; {@code NaN} for a missing one
 * @param groups which completions answer the same prompt
 * @param lossTokens number of tokens that count, {@code [N]}; not looked at for rows that are given
 * @param advantages what the run computed, {@code [N]}: for {@link AdvantageColumn#AS_TRACED}
 * @param greedyRewards reward of each prompt's greedy completion, {@code [N]}: for ReMax
 * @param miniBatch the rows of the optimiser step, ascending or not; all rows if not given
 * @param rows the completions one looks at; of the others the current policy is taken to be the old
 *     one
 */
public record WhatIfRequest(
    WhatIfSettings settings,
    DoubleVector rewards,
    RowGroups groups,
    List<Integer> lossTokens,
    Optional<DoubleVector> advantages,
    Optional<DoubleVector> greedyRewards,
    Optional<List<Integer>> miniBatch,
    List<WhatIfRow> rows) {

  private static final double LARGEST_REWARD = 1e100;

  public WhatIfRequest {
    lossTokens = List.copyOf(lossTokens);
    rows = List.copyOf(rows);
    miniBatch = miniBatch.isPresent() ? Optional.of(List.copyOf(miniBatch.get())) : miniBatch;
    int size = rewards.size();
    requireRewards("rewards", rewards);
    requireSize("groupOfRow", groups.rows(), size);
    requireSize("lossTokens", lossTokens.size(), size);
    if (advantages.isPresent()) {
      requireSize("advantages", advantages.get().size(), size);
    }
    if (greedyRewards.isPresent()) {
      requireSize("greedyRewards", greedyRewards.get().size(), size);
      requireNumbers("greedyRewards", greedyRewards.get());
      requireRewards("greedyRewards", greedyRewards.get());
    }
    for (int tokens : lossTokens) {
      if (tokens < 0) {
        throw new IllegalArgumentException("lossTokens: must be at least 0, got " + tokens);
      }
    }
    if (miniBatch.isPresent()) {
      requireRows("miniBatch", miniBatch.get(), size);
    }
    requireRows("rows", numbers(rows), size);
  }

  /** All completions, with the tokens of {@code rows}. */
  public static WhatIfRequest of(
      WhatIfSettings settings,
      DoubleVector rewards,
      RowGroups groups,
      List<Integer> lossTokens,
      List<WhatIfRow> rows) {
    return new WhatIfRequest(
        settings,
        rewards,
        groups,
        lossTokens,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        rows);
  }

  /** The same under other settings. */
  public WhatIfRequest withSettings(WhatIfSettings given) {
    return new WhatIfRequest(
        given, rewards, groups, lossTokens, advantages, greedyRewards, miniBatch, rows);
  }

  /** The same with the tokens of other rows, or other tokens of the same. */
  public WhatIfRequest withRows(List<WhatIfRow> given) {
    return new WhatIfRequest(
        settings, rewards, groups, lossTokens, advantages, greedyRewards, miniBatch, given);
  }

  private static List<Integer> numbers(List<WhatIfRow> rows) {
    Integer[] numbers = new Integer[rows.size()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = rows.get(k).row();
    }
    return List.of(numbers);
  }

  private static void requireSize(String field, int given, int size) {
    if (given != size) {
      throw new IllegalArgumentException(
          field + ": needs one entry for each of the " + size + " rewards, got " + given);
    }
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
