package org.grpo4j.proof;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import org.grpo4j.task.TokenSequence;

/** The true divergences between two policies on the completions of one prompt. */
record Divergences(ExactWorld policy, ExactWorld reference) {

  /** {@code KL(pi || ref)} of whole completions. */
  double reverse() {
    double divergence = 0;
    for (ExactWorld.Row row : policy.rows()) {
      divergence += row.probability() * logRatio(row);
    }
    return divergence;
  }

  /** {@code KL(ref || pi)} of whole completions. */
  double forward() {
    double divergence = 0;
    for (ExactWorld.Row row : policy.rows()) {
      divergence -= inReference(row).probability() * logRatio(row);
    }
    return divergence;
  }

  /** The gradient of {@link #reverse}: {@code sum_y p(y) log(p/f) dlog p(y)}. */
  double[] gradientOfReverse() {
    double[] gradient = new double[policy.parameters()];
    for (ExactWorld.Row row : policy.rows()) {
      for (int t = 0; t < row.scores().size(); t++) {
        Vectors.add(gradient, row.probability() * logRatio(row), row.scores().get(t));
      }
    }
    return gradient;
  }

  /**
   * The gradient of {@code sum_s P(s) KL(pi(.|s) || ref(.|s))} over prefixes {@code s} whose
   * probabilities are held fixed: what is left if a token's influence on later tokens is ignored.
   *
   * @param prefixes the policy whose prefixes they are
   */
  double[] gradientOfReverseByPrefix(ExactWorld prefixes) {
    return overTokens(
        prefixes,
        (row, t) -> {
          double logProb = row.logProbs().get(t);
          return Math.exp(logProb) * (logProb - inReference(row).logProbs().get(t));
        });
  }

  /** The same of {@code KL(ref(.|s) || pi(.|s))}. */
  double[] gradientOfForwardByPrefix(ExactWorld prefixes) {
    return overTokens(prefixes, (row, t) -> -Math.exp(inReference(row).logProbs().get(t)));
  }

  /** Each token that can follow each prefix once. */
  private double[] overTokens(
      ExactWorld prefixes, ToDoubleBiFunction<ExactWorld.Row, Integer> factor) {
    double[] gradient = new double[policy.parameters()];
    Set<TokenSequence> seen = new HashSet<>();
    for (ExactWorld.Row row : policy.rows()) {
      double prefixLogProb = 0;
      for (int t = 0; t < row.scores().size(); t++) {
        int[] tokens = row.sequence().completion().toArray();
        if (seen.add(TokenSequence.of(Arrays.copyOf(tokens, t + 1)))) {
          double weight = Math.exp(prefixLogProb) * factor.applyAsDouble(row, t);
          Vectors.add(gradient, weight, row.scores().get(t));
        }
        prefixLogProb += prefixes.rows().get(row.number()).logProbs().get(t);
      }
    }
    return gradient;
  }

  private ExactWorld.Row inReference(ExactWorld.Row row) {
    return reference.rows().get(row.number());
  }

  private double logRatio(ExactWorld.Row row) {
    return Math.log(row.probability() / inReference(row).probability());
  }
}
