package org.grpo4j.whatif;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Masks;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.DeadGroups;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.TokenTerm;

/**
 * The result of a what-if evaluation.
 *
 * @param request what was asked
 * @param estimated the advantages and where they came from; empty if they are those of the trace
 * @param advantages {@code A_it} of all rows, {@code [N][T_i]}
 * @param miniBatch the rows the objective was evaluated on, in its order
 * @param objective the objective on these rows
 */
public record WhatIfResult(
    WhatIfRequest request,
    Optional<Advantages> estimated,
    TokenTable advantages,
    List<Integer> miniBatch,
    ObjectiveResult objective) {

  public WhatIfResult {
    miniBatch = List.copyOf(miniBatch);
  }

  /**
   * The groups that teach nothing.
   *
   * @return empty if nothing is compared within a group, or the advantages are those of the trace
   */
  public Optional<DeadGroups> deadGroups() {
    return estimated.isPresent()
        ? DeadGroups.of(estimated.get(), Optional.empty())
        : Optional.empty();
  }

  /** One advantage per completion, {@code [N]}: that of its first token that counts. */
  public DoubleVector rowAdvantages() {
    if (estimated.isPresent() && estimated.get().perRow().isPresent()) {
      return estimated.get().perRow().get();
    }
    double[] perRow = new double[advantages.rows()];
    for (int row = 0; row < perRow.length; row++) {
      perRow[row] = firstOf(row);
    }
    return DoubleVector.of(perRow);
  }

  private double firstOf(int row) {
    for (int t = 0; t < advantages.length(row); t++) {
      if (request.inputs().mask().get(row, t) != 0) {
        return advantages.get(row, t);
      }
    }
    return 0;
  }

  /** True if {@code row} is one of the mini-batch. */
  public boolean evaluates(int row) {
    return miniBatch.contains(row);
  }

  /**
   * Everything about token {@code token} of {@code row}.
   *
   * @throws IllegalArgumentException if the row is not in the mini-batch
   */
  public TokenTerm token(int row, int token) {
    return objective.token(place(row), token);
  }

  /** {@code dLoss/dH} of a token: 0 without an entropy bonus. */
  public double lossByEntropy(int row, int token) {
    return objective.lossByEntropy().get(place(row), token);
  }

  /** The whole loss, if all rows of the mini-batch that have tokens are given. */
  public OptionalDouble loss() {
    for (int row : miniBatch) {
      if (!isGiven(row) && Masks.count(request.inputs().mask().row(row)) > 0) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(objective.loss());
  }

  /** The part of the loss that comes from the rows given, without the entropy bonus. */
  public double lossOfGivenRows() {
    double loss = 0;
    for (WhatIfRow given : request.rows()) {
      if (evaluates(given.row())) {
        for (TokenTerm term : objective.terms().get(place(given.row()))) {
          loss += term.counts() ? term.weight() * term.loss() : 0;
        }
      }
    }
    return loss;
  }

  /**
   * The explanation of a number of a token; its value is the number to the last bit.
   *
   * @throws IllegalArgumentException if there is no such token, or the row is not in the mini-batch
   */
  public Explanation explain(Quantity quantity, int row, int token) {
    if (row < 0 || row >= advantages.rows()) {
      throw new IllegalArgumentException(
          "row: must be from 0 to " + (advantages.rows() - 1) + ", got " + row);
    }
    if (token < 0 || token >= advantages.length(row)) {
      throw new IllegalArgumentException(
          "token: must be from 0 to " + (advantages.length(row) - 1) + ", got " + token);
    }
    return switch (quantity) {
      case ADVANTAGE -> explainAdvantage(row, token);
      case COEFFICIENT -> objective.explain(place(row), token);
      case LOSS -> objective.explainLoss(place(row), token);
      case RATIO -> objective.explainRatio(place(row), token);
      case KL -> objective.explainKl(place(row), token);
      case WEIGHT -> objective.explainWeight(place(row));
    };
  }

  private Explanation explainAdvantage(int row, int token) {
    return estimated.isPresent()
        ? estimated.get().explain(row, token)
        : Explanation.of(advantages.get(row, token), "A", "advantage as the run computed it");
  }

  private boolean isGiven(int row) {
    for (WhatIfRow given : request.rows()) {
      if (given.row() == row) {
        return true;
      }
    }
    return false;
  }

  private int place(int row) {
    int place = miniBatch.indexOf(row);
    if (place < 0) {
      throw new IllegalArgumentException("row: must be one of the mini-batch, got " + row);
    }
    return place;
  }
}
