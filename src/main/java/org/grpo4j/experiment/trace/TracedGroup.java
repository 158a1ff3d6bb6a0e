package org.grpo4j.experiment.trace;

import java.util.List;
import java.util.Optional;

/**
 * One group with every number.
 *
 * @param group its number in the update, from 0
 * @param prompt the prompt
 * @param answer the right answer
 * @param scoreMean mean of its scores
 * @param rewardMean mean of its rewards, as the estimator was given them: the scores, unless a KL
 *     penalty is in the reward
 * @param rewardSampleDeviation their sample standard deviation (divisor {@code G-1}); absent in a
 *     group of one
 * @param dead whether it teaches nothing; absent if nothing is compared within it
 * @param greedyBefore what the policy preferred to answer before the update
 * @param greedyAfter and after it
 * @param completions the completions
 */
public record TracedGroup(
    int group,
    String prompt,
    String answer,
    double scoreMean,
    double rewardMean,
    Optional<Double> rewardSampleDeviation,
    Optional<Boolean> dead,
    String greedyBefore,
    String greedyAfter,
    List<TracedCompletion> completions) {

  public TracedGroup {
    completions = List.copyOf(completions);
  }
}
