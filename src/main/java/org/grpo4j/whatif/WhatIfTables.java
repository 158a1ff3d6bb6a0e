package org.grpo4j.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;

/**
 * The tables of a request. A row of which only the number of tokens is known is filled up with a
 * current policy that is the old one: its ratio is 1 and its KL divergence 0. What the tokens of
 * other rows compute to does not depend on that.
 */
final class WhatIfTables {

  private final WhatIfRequest request;
  private final TokenTable mask;
  private final List<Optional<WhatIfRow>> given;

  private WhatIfTables(WhatIfRequest request, List<Optional<WhatIfRow>> given) {
    this.request = request;
    this.mask = request.inputs().mask();
    this.given = given;
  }

  static WhatIfTables of(WhatIfRequest request) {
    List<Optional<WhatIfRow>> given = new ArrayList<>();
    for (int row = 0; row < request.inputs().rows(); row++) {
      given.add(Optional.empty());
    }
    for (WhatIfRow row : request.rows()) {
      given.set(row.row(), Optional.of(row));
    }
    return new WhatIfTables(request, given);
  }

  /** The advantages of the run; rows that are not given may be without. */
  TokenTable tracedAdvantages() {
    List<DoubleVector> rows = new ArrayList<>();
    for (int row = 0; row < given.size(); row++) {
      Optional<DoubleVector> own = given.get(row).flatMap(WhatIfRow::advantages);
      rows.add(own.isPresent() ? own.get() : tracedAdvantage(row));
    }
    return TokenTable.of(rows);
  }

  private DoubleVector tracedAdvantage(int row) {
    boolean needed = given.get(row).isPresent();
    if (request.advantages().isEmpty() && needed) {
      throw new IllegalArgumentException(
          "advantages: needed, because estimator is " + Variants.AS_TRACED);
    }
    double advantage = request.advantages().isPresent() ? request.advantages().get().get(row) : 0;
    if (Double.isNaN(advantage) && needed) {
      throw new IllegalArgumentException("advantages: must be a number, missing at row " + row);
    }
    return DoubleVector.constant(mask.length(row), advantage);
  }

  /** The inputs of the objective, all rows. */
  ObjectiveInputs objectiveInputs(TokenTable advantages) {
    boolean hasReference = everyRowHas(WhatIfRow::referenceLogProbs);
    if (!hasReference && request.objective().klPenalty().usesReference()) {
      throw new IllegalArgumentException("referenceLogProbs: needed, because beta is positive");
    }
    boolean hasEntropies = everyRowHas(WhatIfRow::entropies);
    if (!hasEntropies && request.objective().entropyBonus().weight() != 0) {
      throw new IllegalArgumentException("entropies: needed, because of the entropy bonus");
    }
    Optional<TokenTable> none = Optional.empty();
    return new ObjectiveInputs(
        table(row -> Optional.of(row.logProbs()), 0),
        table(row -> Optional.of(row.oldLogProbs()), 0),
        advantages,
        mask,
        request.inputs().groups(),
        hasReference ? Optional.of(table(WhatIfRow::referenceLogProbs, 0)) : none,
        Optional.of(table(WhatIfRow::importanceWeights, 1)),
        Optional.of(table(WhatIfRow::tokenWeights, 1)),
        hasEntropies ? Optional.of(table(WhatIfRow::entropies, 0)) : none,
        Optional.of(table(WhatIfRow::klWeights, 1)));
  }

  private boolean everyRowHas(Function<WhatIfRow, Optional<DoubleVector>> numbers) {
    for (WhatIfRow row : request.rows()) {
      if (numbers.apply(row).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private TokenTable table(Function<WhatIfRow, Optional<DoubleVector>> numbers, double otherwise) {
    List<DoubleVector> rows = new ArrayList<>();
    for (int row = 0; row < given.size(); row++) {
      Optional<DoubleVector> found = given.get(row).flatMap(numbers);
      rows.add(
          found.isPresent() ? found.get() : DoubleVector.constant(mask.length(row), otherwise));
    }
    return TokenTable.of(rows);
  }
}
