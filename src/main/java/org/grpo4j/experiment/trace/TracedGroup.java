package org.grpo4j.experiment.trace;

import java.util.List;

/**
 * One group with every number.
 *
 * @param group its number in the update, from 0
 * @param prompt the prompt
 * @param answer the right answer
 * @param rewardMean mean of its rewards
 * @param rewardSampleDeviation their sample deviation (divisor {@code G-1})
 * @param allEqual true if all rewards are equal: a dead group
 * @param greedyBefore what the policy preferred to answer before the update
 * @param greedyAfter and after it
 * @param completions the completions
 */
public record TracedGroup(
    int group,
    String prompt,
    String answer,
    double rewardMean,
    double rewardSampleDeviation,
    boolean allEqual,
    String greedyBefore,
    String greedyAfter,
    List<TracedCompletion> completions) {

  public TracedGroup {
    completions = List.copyOf(completions);
  }
}
