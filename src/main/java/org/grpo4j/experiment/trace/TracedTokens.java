package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.ClipBranch;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.TokenTerm;

/**
 * A completion as one optimiser step saw it, token by token. Masked tokens have zeros.
 *
 * @param currentLogProbs {@code log pi} before the step
 * @param ratios {@code rho}
 * @param branches which branch of the surrogate was active
 * @param kl the KL term before {@code beta}; {@code NaN} without a reference policy
 * @param weights the aggregation weight
 * @param losses the token's loss before the weight
 * @param coefficients {@code g = dL/dlog pi}
 * @param tokenWeights further factors of the policy term, if any: each step has its own
 * @param klWeights factors of the KL term, if any
 */
public record TracedTokens(
    @JsonProperty("current_logp") DoubleVector currentLogProbs,
    @JsonProperty("ratio") DoubleVector ratios,
    @JsonProperty("branch") List<ClipBranch> branches,
    DoubleVector kl,
    @JsonProperty("weight") DoubleVector weights,
    @JsonProperty("loss") DoubleVector losses,
    @JsonProperty("coefficient") DoubleVector coefficients,
    Optional<DoubleVector> tokenWeights,
    Optional<DoubleVector> klWeights) {

  public TracedTokens {
    branches = List.copyOf(branches);
  }

  /** Row {@code row} of a step. */
  static TracedTokens of(ObjectiveResult result, int row) {
    ObjectiveInputs inputs = result.inputs();
    List<TokenTerm> terms = result.terms().get(row);
    return new TracedTokens(
        inputs.logProbs().row(row),
        vector(terms, TokenTerm::ratio),
        terms.stream().map(TokenTerm::branch).toList(),
        vector(terms, TokenTerm::kl),
        vector(terms, TokenTerm::weight),
        vector(terms, TokenTerm::loss),
        vector(terms, TokenTerm::lossByLogProb),
        inputs.tokenWeights().map(table -> table.row(row)),
        inputs.klWeights().map(table -> table.row(row)));
  }

  private static DoubleVector vector(List<TokenTerm> terms, ToDoubleFunction<TokenTerm> component) {
    return DoubleVector.of(terms.stream().mapToDouble(component).toArray());
  }
}
