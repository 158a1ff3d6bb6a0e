package org.grpo4j.train.evaluation;

import java.util.List;

/**
 * What several samples of each problem show.
 *
 * @param problems how many problems
 * @param samples completions of each problem
 * @param temperature they were sampled at
 * @param passAtK pass@k for each {@code k} of the settings, ascending
 * @param majorityAtK maj@k for each {@code k} of the settings, ascending
 * @param meanLength mean length of the completions in tokens, the end token included
 */
public record SampledEvaluation(
    int problems,
    int samples,
    double temperature,
    List<ScoreAtK> passAtK,
    List<ScoreAtK> majorityAtK,
    double meanLength) {

  public SampledEvaluation {
    passAtK = List.copyOf(passAtK);
    majorityAtK = List.copyOf(majorityAtK);
  }
}
