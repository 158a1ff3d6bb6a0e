package org.grpo4j.whatif;

import java.util.Optional;
import org.grpo4j.math.DoubleVector;

/**
 * A completion whose tokens one looks at; every vector is {@code [T_i]}.
 *
 * @param row its number in the batch
 * @param oldLogProbs {@code log pi_old}
 * @param logProbs {@code log pi}
 * @param referenceLogProbs {@code log pi_ref}
 * @param entropies {@code H}
 * @param advantages what the run computed, if that differs from token to token
 * @param importanceWeights factors of the policy term that correct for the sampler
 * @param tokenWeights further factors of the policy term
 * @param klWeights factors of the KL term
 */
public record WhatIfRow(
    int row,
    DoubleVector oldLogProbs,
    DoubleVector logProbs,
    Optional<DoubleVector> referenceLogProbs,
    Optional<DoubleVector> entropies,
    Optional<DoubleVector> advantages,
    Optional<DoubleVector> importanceWeights,
    Optional<DoubleVector> tokenWeights,
    Optional<DoubleVector> klWeights) {

  /** A row without the optional numbers. */
  public static WhatIfRow of(int row, DoubleVector oldLogProbs, DoubleVector logProbs) {
    Optional<DoubleVector> none = Optional.empty();
    return new WhatIfRow(row, oldLogProbs, logProbs, none, none, none, none, none, none);
  }

  /** One finite number for every token of {@code mask} that counts. */
  void requireFits(DoubleVector mask) {
    require("oldLogProbs", Optional.of(oldLogProbs), mask);
    require("logProbs", Optional.of(logProbs), mask);
    require("referenceLogProbs", referenceLogProbs, mask);
    require("entropies", entropies, mask);
    require("advantages", advantages, mask);
    require("importanceWeights", importanceWeights, mask);
    require("tokenWeights", tokenWeights, mask);
    require("klWeights", klWeights, mask);
  }

  private void require(String field, Optional<DoubleVector> given, DoubleVector mask) {
    int tokens = mask.size();
    if (given.isPresent() && given.get().size() != tokens) {
      throw new IllegalArgumentException(
          field
              + ": needs one number for each of the "
              + tokens
              + " tokens of row "
              + row
              + ", got "
              + given.get().size());
    }
    for (int t = 0; given.isPresent() && t < tokens; t++) {
      double value = given.get().get(t);
      if (mask.get(t) != 0 && (Double.isNaN(value) || Double.isInfinite(value))) {
        throw new IllegalArgumentException(
            field + ": must be finite, got " + value + " at row " + row + ", token " + t);
      }
    }
  }
}
