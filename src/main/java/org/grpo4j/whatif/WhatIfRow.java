package org.grpo4j.whatif;

import java.util.Optional;
import org.grpo4j.math.DoubleVector;

/**
 * A completion whose tokens one looks at; every vector is {@code [T_i]}.
 *
 * @param row its number in the batch
 * @param mask 1 for tokens that count
 * @param oldLogProbs {@code log pi_old}
 * @param logProbs {@code log pi}
 * @param referenceLogProbs {@code log pi_ref}
 * @param entropies {@code H}
 * @param advantages what the run computed, if that differs from token to token
 * @param importanceWeights factors of the policy term that correct for the sampler
 * @param tokenWeights further factors of the policy term
 */
public record WhatIfRow(
    int row,
    DoubleVector mask,
    DoubleVector oldLogProbs,
    DoubleVector logProbs,
    Optional<DoubleVector> referenceLogProbs,
    Optional<DoubleVector> entropies,
    Optional<DoubleVector> advantages,
    Optional<DoubleVector> importanceWeights,
    Optional<DoubleVector> tokenWeights) {

  public WhatIfRow {
    int tokens = mask.size();
    requireTokens(row, "oldLogProbs", Optional.of(oldLogProbs), tokens);
    requireTokens(row, "logProbs", Optional.of(logProbs), tokens);
    requireTokens(row, "referenceLogProbs", referenceLogProbs, tokens);
    requireTokens(row, "entropies", entropies, tokens);
    requireTokens(row, "advantages", advantages, tokens);
    requireTokens(row, "importanceWeights", importanceWeights, tokens);
    requireTokens(row, "tokenWeights", tokenWeights, tokens);
    requireFinite(row, "oldLogProbs", Optional.of(oldLogProbs), mask);
    requireFinite(row, "logProbs", Optional.of(logProbs), mask);
    requireFinite(row, "referenceLogProbs", referenceLogProbs, mask);
    requireFinite(row, "entropies", entropies, mask);
    requireFinite(row, "advantages", advantages, mask);
    requireFinite(row, "importanceWeights", importanceWeights, mask);
    requireFinite(row, "tokenWeights", tokenWeights, mask);
  }

  /** A row without the optional numbers. */
  public static WhatIfRow of(
      int row, DoubleVector mask, DoubleVector oldLogProbs, DoubleVector logProbs) {
    Optional<DoubleVector> none = Optional.empty();
    return new WhatIfRow(row, mask, oldLogProbs, logProbs, none, none, none, none, none);
  }

  /** The same under another current policy. */
  public WhatIfRow withLogProbs(DoubleVector given) {
    return new WhatIfRow(
        row,
        mask,
        oldLogProbs,
        given,
        referenceLogProbs,
        entropies,
        advantages,
        importanceWeights,
        tokenWeights);
  }

  private static void requireTokens(
      int row, String field, Optional<DoubleVector> given, int tokens) {
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
  }

  private static void requireFinite(
      int row, String field, Optional<DoubleVector> given, DoubleVector mask) {
    for (int t = 0; given.isPresent() && t < mask.size(); t++) {
      double value = given.get().get(t);
      if (mask.get(t) != 0 && (Double.isNaN(value) || Double.isInfinite(value))) {
        throw new IllegalArgumentException(
            field + ": must be finite, got " + value + " at row " + row + ", token " + t);
      }
    }
  }
}
