package org.grpo4j.train.evaluation;

import java.util.List;
import java.util.Optional;
import org.grpo4j.metric.Proportion;

/**
 * How good a policy is at its task, measured by the task's own verifier whatever reward it was
 * trained on.
 *
 * @param policyVersion version of the policy
 * @param heldOut true if no problem was trained on; false for tasks that hold none out
 * @param greedyAccuracy how many of how many problems the greedy completion solves
 * @param meanLength mean length of the greedy completions in tokens, the end token included
 * @param truncated how many of the greedy completions were cut off at the limit
 * @param examples the greedy completions of the first problems
 * @param sampled pass@k and maj@k, if samples were taken
 */
public record Evaluation(
    long policyVersion,
    boolean heldOut,
    Proportion greedyAccuracy,
    double meanLength,
    Proportion truncated,
    List<ExampleCompletion> examples,
    Optional<SampledEvaluation> sampled) {

  public Evaluation {
    examples = List.copyOf(examples);
  }

  /** The same with samples. */
  Evaluation with(SampledEvaluation samples) {
    return new Evaluation(
        policyVersion,
        heldOut,
        greedyAccuracy,
        meanLength,
        truncated,
        examples,
        Optional.of(samples));
  }
}
