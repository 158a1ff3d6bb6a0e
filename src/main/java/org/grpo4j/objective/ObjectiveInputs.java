package org.grpo4j.objective;

import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Require;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/**
 * The inputs of the objective: the completions of an update or of one of its mini-batches. All
 * tables have the shape {@code [N][T_i]}; only {@code logProbs} is differentiated, everything else
 * is constant. Numbers at masked positions do not matter.
 *
 * @param logProbs {@code log pi(o_it)}: the current policy
 * @param oldLogProbs {@code log pi_old(o_it)}: the policy before the inner epochs
 * @param advantages {@code A_it}
 * @param mask 1 for tokens that count
 * @param groups which completions answer the same prompt
 * @param referenceLogProbs {@code log pi_ref(o_it)}
 * @param importanceWeights factors of the policy term that correct for a sampler with other
 *     numbers; they do not touch the KL term or any denominator
 * @param tokenWeights further factors of the policy term, such as 1 for the tokens of highest
 *     entropy and 0 for the others
 * @param entropies {@code H_it}: needed for an entropy bonus, else only reported
 * @param klWeights factors of the KL term, such as 1 for some tokens and 0 for the others
 */
public record ObjectiveInputs(
    TokenTable logProbs,
    TokenTable oldLogProbs,
    TokenTable advantages,
    TokenTable mask,
    RowGroups groups,
    Optional<TokenTable> referenceLogProbs,
    Optional<TokenTable> importanceWeights,
    Optional<TokenTable> tokenWeights,
    Optional<TokenTable> entropies,
    Optional<TokenTable> klWeights) {

  public ObjectiveInputs {
    Masks.requireZeroOne(mask);
    requireShape("logProbs", logProbs, mask);
    requireShape("oldLogProbs", oldLogProbs, mask);
    requireShape("advantages", advantages, mask);
    referenceLogProbs.ifPresent(given -> requireShape("referenceLogProbs", given, mask));
    importanceWeights.ifPresent(given -> requireShape("importanceWeights", given, mask));
    tokenWeights.ifPresent(given -> requireShape("tokenWeights", given, mask));
    entropies.ifPresent(given -> requireShape("entropies", given, mask));
    klWeights.ifPresent(given -> requireShape("klWeights", given, mask));
    Require.that(
        groups.rows() == mask.rows(),
        "groups: needs one entry for each of the " + mask.rows() + " rows, got " + groups.rows());
  }

  /** The inputs without the optional ones. */
  public static ObjectiveInputs of(
      TokenTable logProbs,
      TokenTable oldLogProbs,
      TokenTable advantages,
      TokenTable mask,
      RowGroups groups) {
    Optional<TokenTable> none = Optional.empty();
    return new ObjectiveInputs(
        logProbs, oldLogProbs, advantages, mask, groups, none, none, none, none, none);
  }

  /** The same on another policy's log-probabilities: an inner epoch, a finite difference. */
  public ObjectiveInputs withLogProbs(TokenTable given) {
    return new ObjectiveInputs(
        given,
        oldLogProbs,
        advantages,
        mask,
        groups,
        referenceLogProbs,
        importanceWeights,
        tokenWeights,
        entropies,
        klWeights);
  }

  /** The same with a reference policy. */
  public ObjectiveInputs withReference(TokenTable given) {
    return new ObjectiveInputs(
        logProbs,
        oldLogProbs,
        advantages,
        mask,
        groups,
        Optional.of(given),
        importanceWeights,
        tokenWeights,
        entropies,
        klWeights);
  }

  /** The same with importance weights. */
  public ObjectiveInputs withImportanceWeights(TokenTable given) {
    return new ObjectiveInputs(
        logProbs,
        oldLogProbs,
        advantages,
        mask,
        groups,
        referenceLogProbs,
        Optional.of(given),
        tokenWeights,
        entropies,
        klWeights);
  }

  /** The same with token weights. */
  public ObjectiveInputs withTokenWeights(TokenTable given) {
    return new ObjectiveInputs(
        logProbs,
        oldLogProbs,
        advantages,
        mask,
        groups,
        referenceLogProbs,
        importanceWeights,
        Optional.of(given),
        entropies,
        klWeights);
  }

  /** The same with entropies. */
  public ObjectiveInputs withEntropies(TokenTable given) {
    return new ObjectiveInputs(
        logProbs,
        oldLogProbs,
        advantages,
        mask,
        groups,
        referenceLogProbs,
        importanceWeights,
        tokenWeights,
        Optional.of(given),
        klWeights);
  }

  /** The same with factors of the KL term. */
  public ObjectiveInputs withKlWeights(TokenTable given) {
    return new ObjectiveInputs(
        logProbs,
        oldLogProbs,
        advantages,
        mask,
        groups,
        referenceLogProbs,
        importanceWeights,
        tokenWeights,
        entropies,
        Optional.of(given));
  }

  /** The rows with these numbers, in the order given: a mini-batch. */
  public ObjectiveInputs select(List<Integer> rows) {
    int[] groupIds = new int[rows.size()];
    for (int i = 0; i < groupIds.length; i++) {
      groupIds[i] = groups.groupOf(rows.get(i));
    }
    return new ObjectiveInputs(
        logProbs.select(rows),
        oldLogProbs.select(rows),
        advantages.select(rows),
        mask.select(rows),
        RowGroups.of(groupIds),
        referenceLogProbs.map(table -> table.select(rows)),
        importanceWeights.map(table -> table.select(rows)),
        tokenWeights.map(table -> table.select(rows)),
        entropies.map(table -> table.select(rows)),
        klWeights.map(table -> table.select(rows)));
  }

  /** Number of completions {@code N}. */
  public int rows() {
    return mask.rows();
  }

  /** The product of the factors that the policy term of a token has besides its weight. */
  double policyFactor(int row, int token) {
    double importanceWeight =
        importanceWeights.isPresent() ? get(importanceWeights, row, token) : 1;
    double tokenWeight = tokenWeights.isPresent() ? get(tokenWeights, row, token) : 1;
    return importanceWeight * tokenWeight;
  }

  /** The factor of the KL term of a token. */
  double klFactor(int row, int token) {
    return klWeights.isPresent() ? get(klWeights, row, token) : 1;
  }

  /** Mean of {@code log pi_old - log pi} over the tokens of a row that count; 0 if none does. */
  public double meanLogProbDrop(int row) {
    DoubleVector rowMask = mask.row(row);
    double sum = 0;
    for (int t = 0; t < rowMask.size(); t++) {
      sum += rowMask.get(t) != 0 ? oldLogProbs.get(row, t) - logProbs.get(row, t) : 0;
    }
    return sum / Math.max(1, Masks.count(rowMask));
  }

  private static double get(Optional<TokenTable> table, int row, int token) {
    return table.orElseThrow().get(row, token);
  }

  private static void requireShape(String field, TokenTable given, TokenTable mask) {
    Require.that(given.sameShape(mask), field + ": must have the shape of the mask");
  }
}
