package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Masks;
import org.grpo4j.math.TokenTable;

/**
 * The advantages of a batch and where they came from.
 *
 * @param estimator what computed them
 * @param inputs what it looked at
 * @param perToken {@code A_it}, {@code [N][T_i]}, 0 at masked tokens
 * @param perRow {@code A_i}, {@code [N]}, if every token of a completion has the same advantage
 * @param returns {@code [N][T_i]}, the discounted reward from each token on, if the estimator has
 *     such; what a critic is trained towards
 */
public record Advantages(
    AdvantageEstimator estimator,
    AdvantageInputs inputs,
    TokenTable perToken,
    Optional<DoubleVector> perRow,
    Optional<TokenTable> returns) {

  /**
   * Advantages that are the same for every token of a completion.
   *
   * @param advantages {@code A_i}, {@code [N]}
   */
  public static Advantages ofRows(
      AdvantageEstimator estimator, AdvantageInputs inputs, double[] advantages) {
    DoubleVector perRow = DoubleVector.of(advantages);
    return new Advantages(
        estimator,
        inputs,
        Masks.spread(perRow, inputs.mask()),
        Optional.of(perRow),
        Optional.empty());
  }

  /** The numbers: one a completion, or one line a completion where its tokens differ. */
  @Override
  public String toString() {
    return perRow.isPresent() ? perRow.get().toString() : perToken.toString();
  }

  /** Whether {@code group} is dead; empty if nothing is compared within it. */
  public Optional<Boolean> isDead(int group) {
    return estimator.isDead(inputs, group);
  }

  /** The explanation of the advantage of token {@code token} of row {@code row}. */
  public Explanation explain(int row, int token) {
    return estimator.explain(inputs, row, token);
  }
}
